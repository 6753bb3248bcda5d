"""The first thing in a training that is not as asked, in a student's words."""

from math import nan

import pytest

from grader.grading.own_run.first_difference import first_difference
from grader.sandbox.trace import Training
from tests.grading.own_run.trainings import EXAMPLES, TASK, compared, loop, number


def cut_from_parameters() -> Training:
    training = loop()
    data_alone = tuple(one._replace(leaves=one.leaves[1:]) for one in training.passes)
    return training._replace(passes=data_alone, end={})


def without_numbers(first: int) -> Training:
    """A training in which the root of a number below 0 was taken, say."""
    training = cut_from_parameters()
    losses = [nan if step >= first else 0.25 for step in range(1, training.made + 1)]
    return training._replace(losses=tuple(losses))


def other_last_value() -> Training:
    return loop()._replace(end={1: (number(5.0), number(0.0))})


@pytest.mark.parametrize(
    ("training", "clause"),
    [
        (loop(rate=0.01), "step 1 moves w by 0.04, a rate of 0.01; expected 0.4"),
        (loop(factor=3.0), "w.grad is -12 in step 1, expected -4"),
        (loop(rate=0.0), "w keep their values through all 4 steps"),
        (loop(order=EXAMPLES), "2 steps were made, 4 were asked"),
        (other_last_value(), "w is 5 at the end, expected 2.0208"),
        (
            cut_from_parameters(),
            "the graph below the loss holds no parameter: it is cut somewhere before",
        ),
        (
            without_numbers(2),
            "the loss of step 2 is nan: what step 1 has made of a parameter is no finite number",
        ),
        (without_numbers(1), "the loss of step 1 is nan"),
    ],
)
def test_the_first_difference_is_told(training: Training, clause: str) -> None:
    assert first_difference(TASK, compared(training)) == clause


def test_a_graph_that_grows_is_told_with_its_nodes() -> None:
    training = loop(rate=0.0)
    passes = tuple(one._replace(nodes=6 * one.number) for one in training.passes)

    clause = first_difference(TASK, compared(training._replace(passes=passes)))

    assert clause == ("the graph grows from 6 to 12 nodes at the first step: w have become results")
