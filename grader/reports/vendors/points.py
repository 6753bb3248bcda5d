"""Points in the numbers that vendors can count: four decimals that add up, or integers."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from grader.reports.report import CheckResult

FINEST = Decimal("0.0001")
LARGEST_SCALE = 1000
SAME = 1e-9


class Shares(NamedTuple):
    """The points of a check and the most it could have, as decimals whose sums are exact."""

    score: Decimal
    max_score: Decimal


class ScaledPoints(NamedTuple):
    """Points as integers.

    Attributes:
        scale: how many of them are one point.
        scores: of each check: got, and to be got.
        exact: whether nothing was rounded.
    """

    scale: int
    scores: tuple[tuple[int, int], ...]
    exact: bool


def shares(checks: Sequence[CheckResult]) -> Iterator[Shares]:
    """Yield each check's points with four decimals; three thirds add up to one.

    Full points stay full, and nothing is above them.
    """
    total, total_so_far = Fraction(0), Decimal(0)
    for check in checks:
        total += Fraction(check.max_score)
        full = _rounded(total) - total_so_far
        total_so_far += full
        partial = min(_rounded(Fraction(check.score)), full)
        yield Shares(full if check.score >= check.max_score else partial, full)


def number(value: float | Decimal) -> int | float:
    """Return points as JSON reads best: 3, 2.5."""
    return int(value) if value == int(value) else float(value)


def scaled(checks: Sequence[CheckResult]) -> ScaledPoints:
    """Return points as integers by the smallest scale that loses nothing, up to a thousand."""
    points = [(max(0.0, check.score), check.max_score) for check in checks]
    simple = [
        [Fraction(value).limit_denominator(LARGEST_SCALE) for value in pair] for pair in points
    ]
    scale = lcm(*(value.denominator for pair in simple for value in pair))
    near = all(
        abs(float(found) - value) < SAME
        for pair, wanted in zip(simple, points, strict=True)
        for found, value in zip(pair, wanted, strict=True)
    )
    exact = near and scale <= LARGEST_SCALE
    scale = scale if exact else LARGEST_SCALE
    exactly = simple if exact else [[Fraction(value) for value in pair] for pair in points]
    return ScaledPoints(
        scale, tuple((round(s * scale), round(m * scale)) for s, m in exactly), exact
    )


def _rounded(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(FINEST)
