"""Says which of an exercise's remarks apply to what a submission answers."""

from grader.compare import Mismatch
from grader.exercise import Advisory


def is_remarkable(advisory: Advisory, mismatch: Mismatch | None) -> bool:
    """Return whether an advisory applies: to an answer like the oracles', or to a wrong one.

    A wrong answer is one of the kind that was wanted, a wrong number say; where a submission gives
    something else altogether, its checks have told.

    Args:
        advisory: what may be remarked.
        mismatch: how the answer differs from the oracles', None where it does not.
    """
    if mismatch is None or advisory.when == "agrees":
        return mismatch is None and advisory.when == "agrees"
    want, got = mismatch.want, mismatch.got
    return want is not None and got is not None and want.kind == got.kind
