"""A training as a curve beside the one that was asked, for every shape of a failure."""

import pytest

from grader.exercises import catalogue
from grader.grading.mutants.engine import mutated
from grader.reports.report import LossCurve, LossPoint, Spot
from tests.exercises.shipped.inprocess import graded
from tests.exercises.shipped.test_trainings import loaded, run, steps


def curve_of(code: str) -> LossCurve:
    """The curve of a program of ex11."""
    (curve,) = [check.training for check in run("ex11", code).checks if check.training]
    return curve


def of_mutant(name: str, id_: str) -> LossCurve:
    exercise = loaded(name)
    (mutant,) = [one for one in catalogue.mutants(exercise) if one.id == id_]
    report = graded(exercise, mutated(catalogue.solution(exercise), mutant, "mutants.py"))
    (curve,) = [check.training for check in report.checks if check.training]
    return curve


def test_a_training_that_is_right_differs_nowhere_and_shows_its_losses() -> None:
    curve = curve_of(steps())

    assert (curve.made, curve.asked, curve.differs_at) == (100, 100, None)
    assert (curve.implied_rate, curve.suggests) == (None, "")
    assert curve.points[0] == LossPoint(1, 4.0, 4.0)
    assert len(curve.points) == 100
    assert all(point.got == pytest.approx(point.expected, abs=1e-9) for point in curve.points)


def test_another_rate_is_implied_by_the_first_step() -> None:
    curve = curve_of(steps(rate=0.01))

    assert curve.differs_at == 1
    assert curve.implied_rate == pytest.approx(0.01)
    assert curve.suggests == "as with a rate of 0.01, 0.1 times the one asked"


def test_a_step_along_the_gradient_goes_uphill() -> None:
    curve = curve_of(steps(rate=-0.1, count=20))

    assert curve.implied_rate == pytest.approx(-0.1)
    assert curve.suggests == "as with a rate of -0.1: uphill, along the gradient"


@pytest.mark.parametrize("name", ["ex11", "ex12"])
def test_a_gradient_that_was_not_zeroed_shows_in_the_second_step(name: str) -> None:
    curve = of_mutant(name, "K1")

    assert curve.differs_at == 2
    assert curve.suggests.startswith("w.grad ")
    assert curve.suggests.endswith("and -4 left over from the one before")


def test_a_parameter_that_is_overwritten_holds_the_step_alone() -> None:
    curve = of_mutant("ex11", "K12")

    assert curve.differs_at == 2
    assert curve.suggests == ("w is 0.24 after it, the step alone: what w was before, 0.4, is gone")


def test_too_few_steps_differ_from_the_first_that_was_not_made() -> None:
    curve = curve_of(steps(count=60))

    assert (curve.made, curve.asked, curve.differs_at) == (60, 100, 61)
    assert [point.got for point in curve.points if point.step == 61] == [None]


def test_too_many_steps_have_nothing_to_be_compared_with() -> None:
    curve = curve_of(steps(count=140))

    assert (curve.made, curve.asked, curve.differs_at) == (140, 100, 101)
    assert curve.points[-1].step == 140
    assert curve.points[-1].expected is None


def test_a_long_training_is_thinned_and_keeps_its_beginning_and_its_end() -> None:
    curve = curve_of(steps(count=4000, rate=0.001))

    numbers = [point.step for point in curve.points]
    assert numbers[:40] == list(range(1, 41))
    assert numbers[-1] == 4000
    assert 100 in numbers
    assert len(numbers) < 200


def test_a_loss_that_overflows_is_told_as_text() -> None:
    without_power = (
        steps(rate=1e40).replace("loss = (", "err = (").replace(") ** 2", ")\n    loss = err * err")
    )
    curve = curve_of(without_power)

    assert {point.got for point in curve.points[20:]} == {"nan"}


def test_both_ways_over_the_plane_begin_at_the_submission_s_own_start() -> None:
    plane = curve_of(steps(start=(3.0, -0.5))).plane

    assert plane is not None
    assert plane.names == ("w", "b")
    assert plane.expected[0] == plane.got[0] == Spot(3.0, -0.5)
    assert plane.got[-1] == pytest.approx(plane.expected[-1], abs=1e-6)
    assert plane.says == "the loss is least all along the line w + b = 2"


def test_a_graph_that_is_cut_has_no_way_over_the_plane() -> None:
    assert of_mutant("ex11", "K7").plane is None


def test_a_training_in_which_nothing_moves_suggests_nothing() -> None:
    curve = of_mutant("ex11", "K4")

    assert (curve.differs_at, curve.implied_rate, curve.suggests) == (1, None, "")
