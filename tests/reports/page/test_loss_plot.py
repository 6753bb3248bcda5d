"""The losses of a training on a log scale."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.reports.page.loss_plot import (
    BOTTOM,
    HEIGHT,
    LEFT,
    NARROW,
    RIGHT,
    TOP,
    WIDTH,
    loss_plot,
)
from grader.reports.report import LossCurve, LossPoint, Shown


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


@pytest.mark.parametrize("width", [WIDTH, NARROW])
def test_a_picture_is_as_wide_as_is_asked(width: float) -> None:
    plot = loss_plot(curve([4.0, 1.0, 0.5], [4.0, 8.0, 16.0]), width)

    assert plot.width == width
    assert [x for x, _ in spots(plot.expected)] == pytest.approx(
        [LEFT, (LEFT + width - RIGHT) / 2, width - RIGHT], abs=0.1
    )
