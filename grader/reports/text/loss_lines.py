"""A training as lines of text: the losses around the first step that differs, and their course."""

from collections.abc import Iterator, Sequence
from math import isfinite, log10

from grader.reports.report import LossCurve, LossPoint, Plane, Shown, Spot
from grader.reports.text.wording import BARS
from grader.reports.text.wrong_node_lines import short

WIDE = 48  # characters of a course
LEAST = 12  # powers of ten below the greatest loss asked
REMARK = "differs first"


def loss_rows(curve: LossCurve) -> list[tuple[str, str, str, str]]:
    """Return step, loss asked, loss of the submission, and a remark, for the steps that tell."""
    at = curve.differs_at or 1
    telling_steps = {1, *range(at - 1, at + 3), curve.asked, curve.made}
    return [
        (
            str(point.step),
            _loss(point.expected),
            _loss(point.got),
            REMARK if point.step == curve.differs_at else "",
        )
        for point in curve.points
        if point.step in telling_steps
    ]


def loss_lines(curve: LossCurve) -> Iterator[str]:
    """Yield a training as a table, its course in bars, and what its first differing step suggests.

    Args:
        curve: of a training that differs from the one asked.
    """
    yield f"{'step':>6}{'loss asked':>14}{'yours':>14}"
    for step, asked, own, remark in loss_rows(curve):
        yield f"{step:>6}{asked:>14}{own:>14}{f'   ← {remark}' if remark else ''}"
    yield ""
    yield f"  asked  {_bars(curve, 0)}"
    yield f"  yours  {_bars(curve, 1)}   (log scale)"


def loss_words(curve: LossCurve) -> Iterator[str]:
    """Yield sentences on a training: what the step suggests, and where the parameters went."""
    if curve.suggests:
        yield f"step {curve.differs_at}: {curve.suggests}"
    plane = curve.plane
    if plane is not None and plane.expected and plane.got:
        yield _way(plane)


def _way(plane: Plane) -> str:
    names = ", ".join(plane.names)
    least = f"; {plane.says}" if plane.says else ""
    asked, own = _spot(plane.expected[-1]), _spot(plane.got[-1])
    return f"({names}) from {_spot(plane.expected[0])}: asked to {asked}, yours to {own}{least}"


def _spot(spot: Spot) -> str:
    return f"({spot.x:.4g}, {spot.y:.4g})"


def _loss(loss: Shown | None) -> str:
    return "none" if loss is None else short(loss)


def _bars(curve: LossCurve, side: int) -> str:
    """Return the course of the losses in bars; side 0 is the one asked, 1 the submission's."""
    asked = [power for point in curve.points if (power := _power(point.expected)) is not None]
    top = max(asked, default=0.0)
    low = max(min(asked, default=0.0), top - LEAST)
    return "".join(_bar(point[1 + side], low, top) for point in _thinned(curve.points))


def _thinned(points: Sequence[LossPoint]) -> list[LossPoint]:
    """Return points that stand evenly over the steps, as many as fit."""
    last = points[-1].step if points else 0
    columns = min(WIDE, last)
    steps = [1 + round(at * (last - 1) / max(columns - 1, 1)) for at in range(columns)]
    return [min(points, key=lambda point, step=step: abs(point.step - step)) for step in steps]  # type: ignore[misc]


def _bar(loss: Shown | None, low: float, top: float) -> str:
    if loss is None:
        return " "
    power = _power(loss)
    if power is None:
        return BARS[-1] if isinstance(loss, str) else BARS[0]
    part = (power - low) / (top - low) if top > low else 0.0
    return BARS[round(min(max(part, 0.0), 1.0) * (len(BARS) - 1))]


def _power(loss: Shown | None) -> float | None:
    """Return the logarithm of a loss to base ten, None for one that has none."""
    if isinstance(loss, str) or loss is None or not isfinite(loss) or loss <= 0:
        return None
    return log10(loss)
