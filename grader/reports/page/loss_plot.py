"""The losses of a training over its steps as a picture, on a log scale, beside those asked.

Plain geometry in SVG user units, to which the page gives its colours. Matplotlib would take longer
to import than the page to make, and could not follow the reader's light or dark.
"""

from collections.abc import Iterable, Iterator
from math import ceil, floor, isfinite, log10
from typing import NamedTuple, TypeGuard

from grader.reports.page.axes import XY, Tick, path, round_numbers
from grader.reports.report import LossCurve, Shown

WIDTH, HEIGHT = 660.0, 250.0
NARROW = 300.0  # as wide as a phone shows it, so that its letters keep their size
LEFT, RIGHT, TOP, BOTTOM = 58.0, 14.0, 26.0, 40.0
LEAST = 12  # powers of ten below the greatest loss asked, less is as good as none
BEYOND = 6  # and so many above it, more leaves the picture


class LossPlot(NamedTuple):
    """The losses of a training, on a log scale, in a picture of `width` by HEIGHT.

    Attributes:
        width: WIDTH, or NARROW.
        expected: an SVG path of the losses asked.
        got: the same of the submission's.
        x_ticks: steps.
        y_ticks: losses.
        marked: where the first step that differs stands; None where none does.
        label: what to write there.
        remark: what the picture cannot show; empty as a rule.
    """

    width: float
    expected: str
    got: str
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    marked: float | None
    label: str
    remark: str

    @property
    def label_left(self) -> bool:
        """Whether the label stands left of the mark, for want of room at its right."""
        return self.marked is not None and self.marked > self.width / 2


class _Scale(NamedTuple):
    """From a step and a loss to a place in a picture; `low` and `high` are powers of ten."""

    width: float
    last: int
    low: int
    high: int

    def x(self, step: float) -> float:
        return LEFT + (step - 1) / max(self.last - 1, 1) * (self.width - LEFT - RIGHT)

    def y(self, loss: float) -> float:
        return self.at(log10(loss) if loss > 0 else self.low)

    def at(self, power: float) -> float:
        part = (min(max(power, self.low), self.high) - self.low) / (self.high - self.low)
        return HEIGHT - BOTTOM - part * (HEIGHT - BOTTOM - TOP)

    def spot(self, step: int, loss: Shown | None) -> XY | None:
        return (self.x(step), self.y(loss)) if _is_drawn(loss) else None


def loss_plot(curve: LossCurve, width: float = WIDTH) -> LossPlot:
    """Return the losses of a training as a picture.

    Args:
        curve: the losses.
        width: of the picture.
    """
    last = max((point.step for point in curve.points), default=1)
    scale = _Scale(width, last, *_bounds(curve))
    at = curve.differs_at
    return LossPlot(
        width,
        path(scale.spot(point.step, point.expected) for point in curve.points),
        path(scale.spot(point.step, point.got) for point in curve.points),
        tuple(Tick(scale.x(step), str(step)) for step in _steps(last)),
        tuple(_losses(scale)),
        None if at is None else scale.x(min(at, last)),
        "" if at is None else f"step {at} differs first",
        _remark(curve, scale),
    )


def _is_drawn(loss: Shown | None) -> TypeGuard[float]:
    return isinstance(loss, float | int) and isfinite(loss)


def _bounds(curve: LossCurve) -> tuple[int, int]:
    """Return the powers of ten between which the picture has room."""
    asked = [loss for point in curve.points if _is_drawn(loss := point.expected) and loss > 0]
    own = [loss for point in curve.points if _is_drawn(loss := point.got) and loss > 0]
    powers = [log10(loss) for loss in asked], [log10(loss) for loss in own]
    top = max(powers[0] or powers[1] or [0.0])
    high = ceil(min(max([*powers[0], *powers[1], top]), top + BEYOND))
    low = floor(max(min([*powers[0], *powers[1], top]), top - LEAST))
    return low, max(high, low + 1)


def _steps(last: int) -> Iterator[int]:
    yield 1
    yield from (int(step) for step in round_numbers(1, max(last, 2), 6) if 1 < step <= last)


def _losses(scale: _Scale) -> Iterator[Tick]:
    stride = max(1, ceil((scale.high - scale.low) / 5))
    for power in range(scale.high, scale.low - 1, -stride):
        text = f"{10.0**power:g}" if -3 <= power <= 3 else f"1e{power}"
        yield Tick(scale.at(power), text)


def _remark(curve: LossCurve, scale: _Scale) -> str:
    own = [point for point in curve.points if point.got is not None]
    lost = next((point for point in own if not _is_drawn(point.got)), None)
    if lost is not None:
        return f"yours is {lost.got} from step {lost.step} on"
    if any(_is_drawn(point.got) and point.got < 0 for point in own):
        return "losses below 0 lie on the lower edge"
    if any(_is_drawn(loss := point.got) and loss > 0 and log10(loss) > scale.high for point in own):
        return "losses beyond the picture lie on its upper edge"
    return ""


def described(curve: LossCurve) -> Iterable[str]:
    """Yield in words what the picture shows, for those who do not see it."""
    drawn = [point for point in curve.points if point.got is not None]
    if drawn:
        first, last = drawn[0], drawn[-1]
        yield f"Your loss goes from {first.got} at step {first.step} to {last.got} at {last.step}"
    asked = [point for point in curve.points if point.expected is not None]
    if asked:
        first, last = asked[0], asked[-1]
        yield f"the one asked from {first.expected} to {last.expected} at step {last.step}"
    if curve.differs_at is not None:
        yield f"step {curve.differs_at} differs first"
