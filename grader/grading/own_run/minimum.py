"""Finds the least loss of two parameters, if it is a quadratic: at a spot, or along a line."""

from collections.abc import Callable, Mapping, Sequence
from math import hypot, isfinite
from typing import NamedTuple, TypeAlias

from grader.engines.compare import same_number
from grader.reports.report import Spot

Losses: TypeAlias = Callable[[Mapping[str, float]], float]
"""The values of the parameters → the loss there."""

ELSEWHERE = (2.0, -3.0)  # a quadratic is told by six places; a seventh tells whether it is one
FLAT = 1e-9  # of a curvature, beside the other


class LeastLoss(NamedTuple):
    """The place where a loss is least, also in words: one spot, two on a line, none if unknown."""

    spots: tuple[Spot, ...] = ()
    says: str = ""


class _Quadratic(NamedTuple):
    """constant + x·gx + y·gy + (x²·xx + 2xy·xy + y²·yy) / 2."""

    constant: float
    gx: float
    gy: float
    xx: float
    xy: float
    yy: float

    def at(self, x: float, y: float) -> float:
        curved = x * x * self.xx + 2 * x * y * self.xy + y * y * self.yy
        return self.constant + x * self.gx + y * self.gy + curved / 2


def least_loss(losses: Losses, names: Sequence[str]) -> LeastLoss:
    """Find the place where the loss of two parameters is least.

    Args:
        losses: gives the loss.
        names: of both parameters.

    Source: a quadratic is least where its gradient is 0: H x = -g, one spot where H is regular,
    and a line where it has rank 1.
    """

    def at(x: float, y: float) -> float:
        return losses(dict(zip(names, (x, y), strict=True)))

    quadratic = _fitted(at)
    if not all(map(isfinite, quadratic)) or not same_number(
        quadratic.at(*ELSEWHERE), at(*ELSEWHERE)
    ):
        return LeastLoss()
    _, gx, gy, xx, xy, yy = quadratic
    determinant, scale = xx * yy - xy * xy, max(abs(xx), abs(yy))
    if scale <= 0 or min(xx, yy) < 0:
        return LeastLoss()
    if determinant > FLAT * scale * scale:
        return _spot((xy * gy - yy * gx) / determinant, (xy * gx - xx * gy) / determinant, names)
    return _line((xx, xy, -gx) if xx >= yy else (xy, yy, -gy), names)


def _fitted(at: Callable[[float, float], float]) -> _Quadratic:
    middle, right, left, up, down = at(0, 0), at(1, 0), at(-1, 0), at(0, 1), at(0, -1)
    return _Quadratic(
        middle,
        (right - left) / 2,
        (up - down) / 2,
        right + left - 2 * middle,
        at(1, 1) - right - up + middle,
        up + down - 2 * middle,
    )


def _spot(x: float, y: float, names: Sequence[str]) -> LeastLoss:
    x, y = _near(x), _near(y)
    says = f"the loss is least at {names[0]} = {x:.4g}, {names[1]} = {y:.4g}"
    return LeastLoss((Spot(x, y),), says)


def _line(equation: tuple[float, float, float], names: Sequence[str]) -> LeastLoss:
    """Return the line a·x + b·y = c."""
    a, b, c = equation
    length = hypot(a, b)
    x, y = a * c / length**2, b * c / length**2
    spots = (Spot(x, y), Spot(x - b / length, y + a / length))
    divisor = a or b
    terms = [_term(a / divisor, names[0]), _term(b / divisor, names[1])]
    left = " + ".join(filter(None, terms)).replace("+ -", "- ")
    return LeastLoss(spots, f"the loss is least all along the line {left} = {c / divisor:.4g}")


def _term(factor: float, name: str) -> str:
    if not _near(factor):
        return ""
    sign = "-" if factor < 0 else ""
    return f"{sign}{name}" if abs(factor) == 1 else f"{factor:.4g}{name}"


def _near(value: float) -> float:
    """Return 0 for what is 0 but for rounding."""
    return 0.0 if abs(value) < FLAT else value
