"""How often a submission is started again, and what is said of the Programs that are left."""

import pytest

from grader.engines.observation import Fault, Observation
from grader.sandbox.load_result import BegunStatement, LoadResult, Mishap
from grader.sandbox.protocol.limits import Limits
from grader.sandbox.restarts import (
    MOST_RESTARTS,
    MOST_RUNS,
    NOT_AGAIN,
    TOO_OFTEN,
    Reruns,
    Restarts,
    TimeBudget,
)


def test_so_many_starts_are_made_and_no_more() -> None:
    restarts = Restarts()

    starts = [restarts.may_start() for _ in range(MOST_RESTARTS + 1)]

    assert starts == [True] * MOST_RESTARTS + [False]
    assert restarts.stop == TOO_OFTEN


def test_a_start_that_fails_is_the_last() -> None:
    restarts = Restarts()

    restarts.fail_unless(True)
    assert restarts.stop is None

    restarts.fail_unless(False)
    assert restarts.stop == NOT_AGAIN


def time_outs(limits: Limits) -> list[float]:
    """The seconds that Programs may take one after the other, where none comes to an end."""
    budget, each = TimeBudget(limits), []
    while seconds := budget.seconds():
        budget.spend(seconds)
        each.append(seconds)
    return each


def test_programs_that_do_not_end_cost_three_limits_in_all_and_the_first_has_a_whole_one() -> None:
    each = time_outs(Limits(program_s=2.0))

    assert each[:5] == [2.0, 2.0, 0.5, 0.38, 0.28]
    assert (len(each), each[-1]) == (13, 0.05)
    assert 5.9 < sum(each) <= 6.0


def test_a_short_limit_is_shared_out_as_well() -> None:
    each = time_outs(Limits(program_s=0.05))

    assert each[0] == 0.05
    assert round(sum(each), 6) <= 0.15


def test_a_run_that_did_not_end_leaves_one_limit_for_all_programs() -> None:
    budget = TimeBudget(Limits(program_s=3.0))

    budget.spend_all_but_one()

    assert budget.seconds() == 0.75


STOPPED = LoadResult("died", detail="its process ended")
STOOD = LoadResult("ran", (Mishap("value.py", Fault("NameError", "x")),))


def test_a_run_that_dies_is_run_again_up_to_the_statement_it_had_begun() -> None:
    reruns = Reruns()

    again = reruns.is_needed(STOPPED, BegunStatement(0, 7, 90), alive=False)
    until = reruns.until
    enough = reruns.is_needed(STOOD, BegunStatement(0, 6, 80), alive=True)

    assert (again, until, enough) == (True, [0, 7], False)
    result = reruns.result(STOOD)
    assert (result.ended, result.detail) == ("died", "its process ended")
    assert result.stopped == BegunStatement(0, 7, 90)
    assert result.mishaps == STOOD.mishaps


def test_a_run_that_dies_earlier_the_second_time_is_run_again_up_to_there() -> None:
    reruns = Reruns()
    reruns.is_needed(STOPPED, BegunStatement(0, 7, 90), alive=False)

    again = reruns.is_needed(STOPPED, BegunStatement(0, 3, 40), alive=False)

    assert (again, reruns.until) == (True, [0, 3])
    assert reruns.result(STOOD).stopped == BegunStatement(0, 3, 40)


@pytest.mark.parametrize("first", [BegunStatement(0, 0, 1), BegunStatement(1, 0, 1), None])
def test_where_nothing_stood_above_it_nothing_is_run_again(first: BegunStatement | None) -> None:
    assert not Reruns().is_needed(STOPPED, first, alive=False)


def test_a_run_that_never_dies_at_the_same_place_is_given_up() -> None:
    reruns = Reruns()

    needed = [
        reruns.is_needed(STOPPED, BegunStatement(0, n, n), alive=False) for n in (9, 8, 7, 6, 5)
    ]

    assert needed == [True] * (MOST_RUNS - 1) + [False, False]


def test_threads_that_go_on_have_it_run_again_although_its_process_is_there() -> None:
    timed_out = LoadResult("timed out")

    at = BegunStatement(0, 2, 9)
    assert not Reruns().is_needed(timed_out, at, alive=True)
    assert Reruns().is_needed(timed_out._replace(threads=True), at, alive=True)


def test_after_a_violation_every_program_is_told_of_it() -> None:
    restarts = Restarts()
    violation = Observation("violated", detail="wrote a forged reply")

    restarts.count(violation)

    assert restarts.stop == violation
