"""The way of two parameters over their plane."""

import re
from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.reports.page.plane_plot import SIDE, plane_plot
from grader.reports.report import Plane, Spot


def spots(path: str) -> list[tuple[float, float]]:
    numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


LINE = Plane(
    ("w", "b"),
    (Spot(0, 0), Spot(0.4, 0.4), Spot(1, 1)),
    (Spot(0, 0), Spot(0.8, 0.8), Spot(1.6, 0.4)),
    (Spot(1, 1), Spot(0, 2)),
    "the loss is least all along the line w + b = 2",
)


def test_both_ways_begin_at_one_place_and_the_line_of_minimisers_crosses_the_picture() -> None:
    plot = plane_plot(LINE)

    assert plot is not None
    assert spots(plot.expected)[0] == spots(plot.got)[0] == pytest.approx(plot.start, abs=0.1)
    (left, top), (right, bottom) = sorted(spots(plot.line))
    assert left < plot.asked_end[0] < right
    assert top < plot.asked_end[1] < bottom
    assert plot.spot is None


def test_the_end_of_the_way_asked_lies_on_the_line() -> None:
    plot = plane_plot(LINE)

    assert plot is not None
    (x, y), (to_x, to_y) = spots(plot.line)
    end_x, end_y = plot.asked_end
    assert (end_x - x) * (to_y - y) == pytest.approx((end_y - y) * (to_x - x), rel=1e-2)


def test_one_minimum_is_a_spot() -> None:
    plot = plane_plot(LINE._replace(minimisers=(Spot(1, 1),)))

    assert plot is not None
    assert plot.spot == plot.asked_end
    assert plot.line == ""


def test_a_way_that_leaves_the_picture_ends_at_its_edge() -> None:
    plot = plane_plot(LINE._replace(got=(Spot(0, 0), Spot(1e9, -1e9))))

    assert plot is not None
    assert plot.own_end == (286, 260)


def test_nothing_is_drawn_of_a_training_without_a_way() -> None:
    assert plane_plot(LINE._replace(got=())) is None
    assert plane_plot(LINE._replace(expected=())) is None


NUMBER = st.floats(-1e12, 1e12)


SPOT = st.builds(Spot, NUMBER, NUMBER)


@given(
    expected=st.lists(SPOT, min_size=1, max_size=8),
    got=st.lists(SPOT, min_size=1, max_size=8),
    minimisers=st.lists(SPOT, max_size=2),
)
def test_any_way_gives_a_picture(
    expected: list[Spot], got: list[Spot], minimisers: list[Spot]
) -> None:
    plot = plane_plot(Plane(("w", "b"), tuple(expected), tuple(got), tuple(minimisers), ""))

    assert plot is not None
    for end in (plot.start, plot.asked_end, plot.own_end):
        assert all(isfinite(part) and -0.1 <= part <= SIDE + 0.1 for part in end)
