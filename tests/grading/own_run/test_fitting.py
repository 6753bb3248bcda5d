"""A loop is compared from its own start and in its own order, whichever fits it best."""

import pytest

from tests.grading.own_run.trainings import EXAMPLES, compared, loop


@pytest.mark.parametrize("start", [1.0, -3.5])
def test_a_right_loop_is_right_from_any_start(start: float) -> None:
    fit = compared(loop(start))

    assert fit.mismatch is None
    assert fit.parameters["w"].first.data.value == start
    assert fit.target.order == EXAMPLES * 2


@pytest.mark.parametrize(
    "order",
    [
        (EXAMPLES[1], EXAMPLES[0]) * 2,
        (EXAMPLES[0], EXAMPLES[1], EXAMPLES[1], EXAMPLES[0]),
    ],
    ids=["reverse", "shuffled"],
)
def test_a_right_loop_is_right_in_any_order_of_an_epoch(
    order: tuple[tuple[float, float], ...],
) -> None:
    fit = compared(loop(order=order))

    assert fit.mismatch is None
    assert fit.target.order == order


def test_a_wrong_loop_is_compared_in_the_order_in_which_it_is_right_longest() -> None:
    fit = compared(loop(rate=0.01))

    assert fit.target.order == EXAMPLES * 2
    assert fit.mismatch is not None
    assert fit.mismatch.at == fit.target.steps[1].data["w"]
