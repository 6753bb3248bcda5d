"""Puts into words what should have arrived at a node, what did, and what that means."""

from typing import NamedTuple

from grader.engines.compare import same_number


class Contributions(NamedTuple):
    """The shares that should arrive at a node, and the sum that did.

    Attributes:
        sources: the names of the nodes that send, one for each edge.
        shares: what each should send, in the same order.
        expected: the sum, with what was there before.
        got: what is there; None where that is no number.
    """

    sources: tuple[str, ...]
    shares: tuple[float, ...]
    expected: float
    got: float | None


def in_words(account: Contributions, shown: str, meaning: str = "") -> str:
    """Return the sums that should arrive and did: "from d 3, from e -6, together -3; got -6: …".

    Args:
        account: its numbers.
        shown: what is there, as people write it.
        meaning: what that means; worked out where it is not known otherwise.
    """
    parts = [
        f"from {source} {share:g}"
        for source, share in zip(account.sources, account.shares, strict=True)
    ]
    before = account.expected - sum(account.shares)
    if parts and not same_number(before, 0.0):
        parts.append(f"before {before:g}")
    if len(parts) > 1:
        parts.append(f"together {account.expected:g}")
    meaning = meaning or explained_sum(account)
    if not parts:
        parts.append(f"should be {account.expected:g}")
    return f"{', '.join(parts)}; got {shown}{': ' * bool(meaning)}{meaning}"


def explained_sum(account: Contributions) -> str:
    """Return the explanation of a wrong sum by its shares, or nothing."""
    got, shares = account.got, account.shares
    if got is None or not shares:
        return ""
    before = account.expected - sum(shares)
    if same_number(got, before):
        return "nothing arrived" if len(shares) == 1 else "none of the shares arrived"
    if len(shares) == 1:
        return "the sign is wrong" if same_number(got, before - shares[0]) else ""
    return _of_several(account, got)


def _of_several(account: Contributions, got: float) -> str:
    count = {2: "two", 3: "three", 4: "four"}.get(len(account.shares), str(len(account.shares)))
    if same_number(got, account.shares[-1]) and not same_number(*account.shares[-2:]):
        return "overwritten"
    for source, share in zip(account.sources, account.shares, strict=True):
        if same_number(got, account.expected - share):
            if len(set(account.sources)) == 1:
                return f"one of {count} shares is missing"
            return f"the share from {source} is missing"
    for source, share in zip(account.sources, account.shares, strict=True):
        if same_number(got, account.expected + share):
            return f"the share from {source} counts twice"
        if same_number(got, account.expected - 2 * share):
            return f"the share from {source} has the wrong sign"
    return ""
