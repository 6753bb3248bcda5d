"""The moves of parameters, as passes show them, and the rate that they show."""

import pytest

from grader import Adam, Momentum, Sgd
from grader.engines.observation import Answer, Array
from grader.grading.own_run.rules.moves import (
    Move,
    first_astray,
    gone_by,
    moves_in,
    moves_of,
    off_rule,
    rate_of,
)
from grader.sandbox.trace import Leaf, Pass
from tests.grading.own_run.trainings import loop, number


def leaf(data: float, gradient: float) -> Leaf:
    return Leaf(1, 11, 1, number(data), number(0.0), number(gradient))


def test_the_last_move_ends_where_the_parameter_does() -> None:
    leaves = {1: leaf(1.0, 4.0), 2: leaf(0.6, 2.0)}

    moves = moves_of([leaves], [number(0.4)], 2)

    assert moves == [Move([1.0], [4.0], [0.6]), Move([0.6], [2.0], [0.4])]


def test_moves_stop_where_a_pass_is_not_known() -> None:
    leaves = {1: leaf(1.0, 4.0), 2: leaf(0.6, 2.0), 40: leaf(0.1, 0.2)}

    assert len(moves_of([leaves], [number(0.1)], 40)) == 1


def test_the_entries_of_arrays_move_each_by_itself() -> None:
    array = Answer("array", Array((2,), (1.0, 2.0)))
    moved = Answer("array", Array((2,), (0.9, 1.8)))
    one = Leaf(1, 11, 1, array, array, array)
    training = loop()
    passes = (
        Pass(1, number(1.0), 6, (one,)),
        Pass(2, number(0.5), 6, (one._replace(data=moved, after=moved),)),
    )

    (first, *_) = moves_in(training._replace(passes=passes, made=2), {1})

    assert first == Move([1.0, 2.0], [1.0, 2.0], [0.9, 1.8])


@pytest.mark.parametrize("rate", [0.1, -0.1, 3.0])
def test_the_first_step_shows_the_rate(rate: float) -> None:
    moves = [Move([1.0, 2.0], [4.0, -1.0], [1.0 - rate * 4.0, 2.0 + rate])]

    assert rate_of(Sgd(), moves) == pytest.approx(rate)
    assert rate_of(Momentum(0.9), moves) == pytest.approx(rate)


def test_where_nothing_has_a_gradient_no_rate_is_shown() -> None:
    moves = [Move([1.0], [0.0], [1.0])]

    assert rate_of(Adam(), moves) is None
    assert gone_by(Adam(), None, moves) == ""
    assert gone_by(Adam(), 0.1, []) == ""


def test_numbers_of_32_bits_may_be_off_a_little() -> None:
    moves = [Move([1e-6], [1.0], [-0.1 + 1e-6 + 4e-7])]

    assert first_astray(Sgd(), 0.1, moves) == 1
    assert first_astray(Sgd(), 0.1, moves, slack=1e-6) is None


def test_what_cannot_be_worked_out_goes_by_nothing() -> None:
    raising = Sgd(schedule=lambda made: 1 / made)
    moves = [Move([1.0], [2.0], [0.9])]

    assert first_astray(raising, 0.1, moves) == 1
    assert rate_of(raising, moves) is None
    assert off_rule(raising, moves, 0.0) == (
        "off at 1, ",
        "step 1 does not go by the rule that was asked",
    )
