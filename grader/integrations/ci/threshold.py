"""`--fail-under`: how much is enough."""

from math import isfinite
from typing import NamedTuple

from grader.errors import Misused


class NoThreshold(Misused):
    """A text is neither points nor per cent."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"--fail-under {text}: that is neither points nor per cent",
            hint="write 60% or 3, or leave it out: then every point is needed",
        )


class Threshold(NamedTuple):
    """The score that is enough: points, or per cent of them."""

    value: float = 100.0
    per_cent: bool = True

    def reached(self, score: float, max_score: float) -> bool:
        """Return whether a score is enough."""
        return score >= (max_score * self.value / 100 if self.per_cent else self.value) - 1e-9


def threshold(text: str) -> Threshold:
    """Return the threshold that "60%" or "3" means.

    Raises:
        NoThreshold: it means nothing.
    """
    number, sign, rest = text.strip().partition("%")
    try:
        value = float(number)
    except ValueError as error:
        raise NoThreshold(text) from error
    if rest or not isfinite(value) or value < 0:
        raise NoThreshold(text)
    return Threshold(value, per_cent=bool(sign))
