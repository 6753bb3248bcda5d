"""Feeds the readers of strangers' files for a time: `python -m tests.fuzz [SECONDS] [TARGET…]`.

An hour if nobody says. The smallest input that shows a fault of ours is printed, with what it
raised, and the exit status is 1. What takes more than a few seconds of CPU to be read counts, too.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from time import monotonic, process_time
from traceback import format_exception

from hypothesis import HealthCheck, Phase, given, settings

from tests.fuzz.targets import TARGETS, Target

HOUR_S = 3600.0
EXAMPLES = 2000  # of a target, in turns
SLOWEST_S = 5.0


class TooSlow(Exception):
    """An input takes so much CPU time that a course would wait for it."""


def main(words: Sequence[str]) -> int:
    """Feed them in turns until the time is over, and return the exit status."""
    ends = monotonic() + (float(words[0]) if words else HOUR_S)
    chosen = [one for one in TARGETS if one.name in words[1:] or not words[1:]]
    fed: Counter[str] = Counter()
    found: set[str] = set()
    while monotonic() < ends and len(found) < len(chosen):
        for target in chosen:
            if target.name not in found and monotonic() < ends and not _holds(target, fed):
                found.add(target.name)
    for target in chosen:
        print(f"{target.name:<10} {fed[target.name]:>9,} inputs", end="")
        print("  a fault was found" if target.name in found else "")
    return 1 if found else 0


def _holds(target: Target, fed: Counter[str]) -> bool:
    """Feed a target for a turn, and return whether nothing was found."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
        print_blob=False,
    )
    @given(target.inputs)
    def turn(given_input: object) -> None:
        fed[target.name] += 1
        began = process_time()
        target.feed(given_input)
        if (took := process_time() - began) > SLOWEST_S:
            raise TooSlow(f"{took:.1f} s of CPU")

    try:
        turn()
    except Exception as error:  # whatever was found is what this is for
        print("".join(format_exception(error))[-4000:], file=sys.stderr)
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
