"""A training as text: the steps that tell, and its course in bars."""

import pytest

from grader.reports.report import LossCurve, LossPoint
from grader.reports.text.loss_lines import loss_lines, loss_rows, loss_words
from tests.reports.sample import CURVE


def curve(*losses: tuple[float | str | None, float | str | None]) -> LossCurve:
    points = tuple(LossPoint(step, *both) for step, both in enumerate(losses, 1))
    made = sum(own is not None for _, own in losses)
    asked = sum(one is not None for one, _ in losses)
    return CURVE._replace(points=points, made=made, asked=asked)


def test_the_steps_around_the_first_that_differs_are_told_and_the_last() -> None:
    falling = curve(*((4.0 / step, 4.0 * step) for step in range(1, 101)))._replace(differs_at=50)

    assert [row[0] for row in loss_rows(falling)] == ["1", "49", "50", "51", "52", "100"]
    assert [row[0] for row in loss_rows(falling) if row[3]] == ["50"]


def test_a_step_that_was_not_made_has_no_loss() -> None:
    assert loss_rows(curve((4.0, 4.0), (2.0, None)))[1] == ("2", "2", "none", "differs first")


def test_the_course_falls_and_rises_with_the_power_of_the_loss() -> None:
    *_, asked, own = loss_lines(curve((1e8, 1.0), (1e4, 1e4), (1.0, 1e8)))

    assert asked == "  asked  █▅▁"
    assert own == "  yours  ▁▅█   (log scale)"


@pytest.mark.parametrize(
    ("loss", "bar"), [("nan", "█"), ("inf", "█"), (0.0, "▁"), (-3.0, "▁"), (1e99, "█"), (None, " ")]
)
def test_what_is_beyond_a_log_scale_is_at_its_edge(loss: float | str | None, bar: str) -> None:
    *_, own = loss_lines(curve((4.0, 4.0), (0.04, loss), (0.4, 4.0)))

    assert own[10] == bar


def test_a_long_training_takes_no_more_room_than_a_line() -> None:
    long = curve(*((4.0 / step, 4.0) for step in range(1, 3000)))

    assert all(len(line) <= 76 for line in loss_lines(long))


def test_what_a_step_suggests_and_where_the_parameters_went_is_said() -> None:
    assert list(loss_words(CURVE)) == [
        "step 2: w.grad -6.4 is -2.4 of this step and -4 left over from the one before",
        "(w, b) from (0, 0): asked to (0.64, 0.64), yours to (1.04, 1.04); the loss is least all "
        "along the line w + b = 2",
    ]


def test_nothing_is_said_of_a_step_that_looks_like_nothing_known() -> None:
    assert list(loss_words(CURVE._replace(suggests="", plane=None))) == []
