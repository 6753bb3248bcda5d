"""How often a submission is started again, and what is said of the Programs that are left."""

from grader.engines.observation import Observation
from grader.sandbox.restarts import (
    MOST_RESTARTS,
    MOST_TIMED_OUT,
    NOT_AGAIN,
    TOO_OFTEN,
    TOO_SLOW,
    Restarts,
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


def test_so_many_programs_may_time_out_whatever_is_answered_between() -> None:
    restarts = Restarts()

    for _ in range(MOST_TIMED_OUT - 1):
        restarts.count(Observation("timed out"))
        restarts.count(Observation("answered"))
    assert restarts.stop is None

    restarts.count(Observation("timed out"))
    assert restarts.stop == TOO_SLOW


def test_after_a_violation_every_program_is_told_of_it() -> None:
    restarts = Restarts()
    violation = Observation("violated", detail="wrote a forged reply")

    restarts.count(violation)

    assert restarts.stop == violation
