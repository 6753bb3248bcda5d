"""The way of a training's two parameters over their plane as a picture, beside the one asked."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grader.reports.page.axes import XY, Tick, path, round_numbers
from grader.reports.report import Plane, Spot

SIDE = 300.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 14.0, 14.0, 40.0
FAR = 20.0  # sides of the picture away: as far as any line is drawn
ROOM = 0.18  # around what was asked, as a part of its extent
LEAST = 1e-9


class PlanePlot(NamedTuple):
    """Two ways over a plane, in a picture of SIDE by SIDE.

    Attributes:
        expected: an SVG path of the way asked.
        got: the same of the submission's; the picture may have no room for all of it.
        line: an SVG path where the loss is least, if that is a line.
        spot: where it is least, if that is one spot.
        start: where both begin.
        asked_end: where the way asked ends.
        own_end: where the submission's ends, or the edge towards it.
        x_ticks: values of the first parameter.
        y_ticks: values of the second.
        names: of both.
    """

    expected: str
    got: str
    line: str
    spot: XY | None
    start: XY
    asked_end: XY
    own_end: XY
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    names: tuple[str, ...]


class _Frame(NamedTuple):
    """The part of the plane that is shown: its lower left corner, and its side."""

    x: float
    y: float
    side: float

    def at(self, spot: Spot, far: float = FAR) -> XY:
        across, up = (spot.x - self.x) / self.side, (spot.y - self.y) / self.side
        across, up = (min(max(part, -far), 1 + far) for part in (across, up))
        return LEFT + across * (SIDE - LEFT - RIGHT), SIDE - BOTTOM - up * (SIDE - BOTTOM - TOP)


def plane_plot(plane: Plane) -> PlanePlot | None:
    """Return the ways of two parameters as a picture; None where one has no way."""
    if not plane.expected or not plane.got:
        return None
    frame = _frame(plane)
    spots = [frame.at(spot) for spot in plane.minimisers]
    return PlanePlot(
        path(map(frame.at, plane.expected)),
        path(map(frame.at, plane.got)),
        path(frame.at(spot) for spot in _across(plane.minimisers, frame)),
        spots[0] if len(spots) == 1 else None,
        frame.at(plane.expected[0]),
        frame.at(plane.expected[-1]),
        frame.at(plane.got[-1], far=0.0),
        tuple(Tick(frame.at(Spot(at, frame.y))[0], f"{at:g}") for at in _ticks(frame.x, frame)),
        tuple(Tick(frame.at(Spot(frame.x, at))[1], f"{at:g}") for at in _ticks(frame.y, frame)),
        plane.names,
    )


def _frame(plane: Plane) -> _Frame:
    """Return a square around the way asked, and as much of the own one as is near it."""
    asked = [*plane.expected, *(plane.minimisers if len(plane.minimisers) == 1 else ())]
    (left, right), (low, high) = (_extent([spot[axis] for spot in asked]) for axis in (0, 1))
    reach = max(right - left, high - low, LEAST)
    near = [
        spot
        for spot in plane.got
        if left - reach <= spot.x <= right + reach and low - reach <= spot.y <= high + reach
    ]
    (left, right), (low, high) = (
        _extent([spot[axis] for spot in (*asked, *near)]) for axis in (0, 1)
    )
    least = LEAST * max(1.0, *map(abs, (left, right, low, high)))
    side = max(right - left, high - low, least) * (1 + 2 * ROOM)
    return _Frame((left + right - side) / 2, (low + high - side) / 2, side)


def _extent(values: Sequence[float]) -> tuple[float, float]:
    return min(values), max(values)


def _across(line: Sequence[Spot], frame: _Frame) -> list[Spot]:
    """Return the ends of a line within the frame, by Liang and Barsky's clipping."""
    if len(line) != 2:
        return []
    (x, y), (dx, dy) = line[0], (line[1].x - line[0].x, line[1].y - line[0].y)
    first, last = float("-inf"), float("inf")
    for at, by, low in ((x, dx, frame.x), (y, dy, frame.y)):
        if abs(by) < LEAST:
            if not low <= at <= low + frame.side:
                return []
            continue
        one, other = sorted(((low - at) / by, (low + frame.side - at) / by))
        first, last = max(first, one), min(last, other)
    if first > last:
        return []
    return [Spot(x + part * dx, y + part * dy) for part in (first, last)]


def _ticks(low: float, frame: _Frame) -> Iterator[float]:
    yield from (value + 0.0 for value in round_numbers(low, low + frame.side, 5))
