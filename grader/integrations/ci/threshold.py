"""`--fail-under`: how much is enough."""

from math import isfinite
from typing import NamedTuple

from grader.errors import Misused

MOST = 100.0  # per cent


class NoThreshold(Misused):
    """A text is neither points nor per cent."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"--fail-under {text}: that is neither points nor per cent",
            hint="write 60% or 3, or leave it out: then every point is needed",
        )


class OutOfReach(Misused):
    """A threshold is more than there is to get, so that nobody ever passes."""

    def __init__(self, text: str, points: float) -> None:
        super().__init__(
            f"--fail-under {text}: there are {points:g} points, and nobody gets more",
            hint=f"write 60%, or points up to {points:g}",
        )


class Threshold(NamedTuple):
    """The score that is enough: points, or per cent of them."""

    value: float = 100.0
    per_cent: bool = True

    def reached(self, score: float, max_score: float) -> bool:
        """Return whether a score is enough."""
        return score >= (max_score * self.value / 100 if self.per_cent else self.value) - 1e-9


def threshold(text: str, points: float) -> Threshold:
    """Return the threshold that "60%" or "3" means.

    Args:
        text: as it was written.
        points: how many there are.

    Raises:
        NoThreshold: it means nothing.
        OutOfReach: it is more than there is.
    """
    number, sign, rest = text.strip().partition("%")
    try:
        value = float(number)
    except ValueError as error:
        raise NoThreshold(text) from error
    if rest or not isfinite(value) or value < 0:
        raise NoThreshold(text)
    if value > (MOST if sign else points):
        raise OutOfReach(text, points)
    return Threshold(value, per_cent=bool(sign))
