"""The students who were not found in an LMS, in as few lines as say it."""

from collections.abc import Iterable, Iterator

FEW = 3


def not_found(lost: Iterable[str]) -> Iterator[str]:
    """Yield a line for each student; where many have one reason, a line for all of them.

    Args:
        lost: for each student who they are, a colon, and the reason.
    """
    by_reason: dict[str, list[str]] = {}
    for line in lost:
        who, _, reason = line.partition(": ")
        by_reason.setdefault(reason, []).append(who)
    for reason, everyone in by_reason.items():
        if len(everyone) <= FEW:
            yield from (f"not found: {who}: {reason}" for who in everyone)
        else:
            yield f"not found: {len(everyone)} students: {reason}: {', '.join(everyone)}"
