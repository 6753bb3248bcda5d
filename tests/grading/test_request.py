"""A request names exercises, and its limits are those that the exercises and it come to."""

import pytest

from grader.exercises.catalogue import UnknownExercise, allowance, find
from grader.grading.request import (
    GradeRequest,
    exercises_of,
    exercises_of_track,
    with_limits,
)
from grader.sandbox.protocol.limits import Limits, granted, widest


def names(exercise: str) -> list[str]:
    return [entry.name for entry in exercises_of(GradeRequest(exercise))]


def test_a_list_by_commas_names_each_exercise_once() -> None:
    assert names("ex9, ex1,ex9") == ["ex9", "ex1"]


def test_a_track_in_a_list_names_its_exercises() -> None:
    track = [entry.name for entry in exercises_of_track(GradeRequest("my475"))]

    assert names("my475") == track
    assert names("ex9,my475") == ["ex9", *(name for name in track if name != "ex9")]


def test_a_name_that_is_neither_is_refused() -> None:
    with pytest.raises(UnknownExercise, match="no exercise named 'ex99'"):
        exercises_of(GradeRequest("ex9,ex99"))


def test_a_submission_gets_as_much_as_the_exercise_that_needs_most() -> None:
    entries = [find("ex9"), find("ex12")]

    request = with_limits(GradeRequest("ex9,ex12"), entries)

    most = widest(map(allowance, entries))
    assert request.limits == granted(most, GradeRequest("ex9").allowed)


def test_limits_that_were_asked_for_stay() -> None:
    limits = Limits(load_s=3.0)

    assert with_limits(GradeRequest("ex9", limits=limits), [find("ex9")]).limits == limits
