"""The pictures of a training: its losses on a log scale, and the way of its parameters."""

import re
from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.reports.page.axes import round_numbers
from grader.reports.page.loss_plot import BOTTOM, HEIGHT, LEFT, TOP, WIDTH, loss_plot
from grader.reports.page.plane_plot import SIDE, plane_plot
from grader.reports.report import LossCurve, LossPoint, Plane, Shown, Spot


def curve(expected: list[Shown], got: list[Shown], differs_at: int | None = None) -> LossCurve:
    steps = range(1, max(len(expected), len(got)) + 1)
    points = tuple(
        LossPoint(
            step,
            expected[step - 1] if step <= len(expected) else None,
            got[step - 1] if step <= len(got) else None,
        )
        for step in steps
    )
    return LossCurve(points, len(got), len(expected), differs_at, 0.1, None, "")


def spots(path: str) -> list[tuple[float, float]]:
    numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def test_equal_ratios_of_the_loss_are_equal_heights() -> None:
    plot = loss_plot(curve([1000.0, 100.0, 10.0, 1.0], [1000.0]))

    heights = [y for _, y in spots(plot.expected)]
    assert [tick.text for tick in plot.y_ticks] == ["1000", "100", "10", "1"]
    assert heights == pytest.approx([26, 87.3, 148.7, 210], abs=0.1)
    assert heights == pytest.approx([tick.at for tick in plot.y_ticks], abs=0.1)


def test_the_first_step_that_differs_is_marked_where_it_stands() -> None:
    plot = loss_plot(curve([4.0, 1.0, 0.5], [4.0, 8.0, 16.0], differs_at=2))

    assert plot.label == "step 2 differs first"
    assert plot.marked == spots(plot.got)[1][0]


def test_a_mark_at_the_right_edge_says_so_at_its_left() -> None:
    assert loss_plot(curve([4.0, 1.0, 0.5], [4.0, 1.0], differs_at=3)).label_left
    assert not loss_plot(curve([4.0, 1.0, 0.5], [4.0, 1.0], differs_at=1)).label_left
    assert not loss_plot(curve([4.0], [4.0])).label_left


@pytest.mark.parametrize(
    ("got", "remark"),
    [
        ([4.0, "inf", "nan"], "yours is inf from step 2 on"),
        ([4.0, -2.0, 1.0], "losses below 0 lie on the lower edge"),
        ([4.0, 1e30, 1.0], "losses beyond the picture lie on its upper edge"),
        ([4.0, 0.0, 0.0], ""),
    ],
)
def test_what_a_log_scale_cannot_show_is_said(got: list[Shown], remark: str) -> None:
    assert loss_plot(curve([4.0, 2.0, 1.0], got)).remark == remark


LOSS = st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from(["nan", "inf", "-inf"])


@given(expected=st.lists(LOSS, min_size=1, max_size=30), got=st.lists(LOSS, max_size=30))
def test_every_loss_lies_in_the_picture(expected: list[Shown], got: list[Shown]) -> None:
    plot = loss_plot(curve(expected, got, differs_at=len(expected)))

    for x, y in spots(plot.expected) + spots(plot.got):
        assert LEFT - 0.1 <= x <= WIDTH
        assert TOP - 0.1 <= y <= HEIGHT - BOTTOM + 0.1
    assert 1 <= len(plot.y_ticks) <= 7


@given(low=st.floats(-1e6, 1e6), side=st.floats(1e-3, 1e6), most=st.integers(2, 8))
def test_round_numbers_are_few_and_within(low: float, side: float, most: int) -> None:
    found = list(round_numbers(low, low + side, most))

    assert len(found) <= most + 1
    assert all(low - 1e-6 * side <= number <= low + side * (1 + 1e-6) for number in found)


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
