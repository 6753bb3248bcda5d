"""Where a loss of two parameters is least: a spot, a line, or not to be told."""

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.grading.own_run.minimum import Losses, least
from grader.reports.report import Spot

WHOLE = st.integers(-6, 6).map(float)


def of(loss: Callable[[float, float], float]) -> Losses:
    def losses(at: Mapping[str, float]) -> float:
        return loss(at["w"], at["b"])

    return losses


def test_one_example_leaves_a_whole_line_of_minimisers() -> None:
    found = least(of(lambda w, b: (w + b - 2) ** 2), ("w", "b"))

    assert found.says == "the loss is least all along the line w + b = 2"
    assert found.spots[0] == pytest.approx((1, 1))
    assert found.spots[1] == pytest.approx((1 - 2**-0.5, 1 + 2**-0.5))


def test_two_examples_leave_one_spot() -> None:
    found = least(of(lambda w, b: (w + b - 2) ** 2 + (3 * w + b - 6) ** 2), ("w", "b"))

    assert found.says == "the loss is least at w = 2, b = 0"
    assert found.spots == (Spot(2, 0),)


@given(x=st.integers(1, 5).map(float), y=WHOLE)
def test_the_loss_is_0_at_every_spot_of_a_line(x: float, y: float) -> None:
    loss = of(lambda w, b: (x * w + b - y) ** 2)

    spots = least(loss, ("w", "b")).spots

    assert len(spots) == 2
    assert all(loss({"w": spot.x, "b": spot.y}) == pytest.approx(0, abs=1e-12) for spot in spots)


@given(w=WHOLE, b=WHOLE)
def test_the_spot_is_where_a_bowl_was_put(w: float, b: float) -> None:
    bowl = of(lambda u, v: (u - w) ** 2 + 3 * (v - b) ** 2 + (u - w) * (v - b))

    (spot,) = least(bowl, ("w", "b")).spots

    assert spot == pytest.approx((w, b), abs=1e-9)


@pytest.mark.parametrize(
    "loss",
    [
        lambda w, b: w**4 + b**2,  # no quadratic
        lambda w, b: max(w, 0) + b**2,  # a kink
        lambda w, b: w * b,  # a saddle
        lambda w, b: 3.0,  # flat
        lambda w, b: -(w**2) - b**2,  # a hill
        lambda w, b: float("nan"),
    ],
)
def test_what_is_no_bowl_and_no_valley_is_not_told(loss: Callable[[float, float], float]) -> None:
    assert least(of(loss), ("w", "b")) == ((), "")


def test_a_parameter_that_does_not_matter_is_not_in_the_equation() -> None:
    assert least(of(lambda w, b: (2 * b - 3) ** 2), ("w", "b")).says == (
        "the loss is least all along the line b = 1.5"
    )
    assert least(of(lambda w, b: (w - 3 * b) ** 2), ("w", "b")).says == (
        "the loss is least all along the line w - 3b = 0"
    )
