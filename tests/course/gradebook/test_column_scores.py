"""What a student gets in a column: an exercise's marks, or several added up."""

import json

import pytest

from grader.course.gradebook import autolab, gradescope
from grader.course.gradebook.column_scores import (
    NotInCourse,
    SeveralExercises,
    marks_in_column,
    one_column,
    titles_of,
)
from grader.course.gradebook.roster import people
from tests.course.gradebook.sample import ANT, BEE, CHECKS, mark

KNOWN = people([ANT], None)
MARKS = [
    mark(ANT, 2.5),
    mark(ANT, 3.0, "my475/ex10"),
    mark(BEE, None),
    mark(BEE, 1.0, "my475/ex10"),
]


def test_one_exercise_is_chosen_by_its_name_or_path() -> None:
    assert marks_in_column(MARKS, ["ex10"]) == [MARKS[1], MARKS[3]]
    assert marks_in_column(MARKS, ["my475/ex9"]) == [MARKS[0], MARKS[2]]
    assert marks_in_column(MARKS, []) == MARKS


def test_an_exercise_that_was_not_graded_is_said() -> None:
    with pytest.raises(NotInCourse, match="no exercise 'ex4' in this course") as raised:
        marks_in_column(MARKS, ["ex4"])

    assert raised.value.hint == "it has my475/ex9, my475/ex10"


def test_several_exercises_are_not_added_up_unasked() -> None:
    known = people([ANT, BEE], None)

    with pytest.raises(
        SeveralExercises, match="several exercises: my475/ex9, my475/ex10"
    ) as raised:
        one_column(MARKS, known, added=False)

    assert raised.value.hint.startswith("choose: --exercise my475/ex9;")


def test_added_up_what_could_not_be_graded_counts_nothing() -> None:
    found = one_column(MARKS, people([ANT, BEE], None), added=True)

    assert [(one.score, one.max_score) for one in found] == [(5.5, 10.0), (1.0, 10.0)]
    assert found[1].comment == "Powers: no script; Powers: 1 of 5; to fix: tanh"
    assert titles_of(MARKS) == ("my475",)


def test_who_has_no_mark_at_all_gets_nothing() -> None:
    (found,) = one_column([mark(BEE, None)], people([BEE], None), added=False)

    assert (found.score, found.comment) == (None, "Powers: no script")


def test_a_comment_has_the_titles_of_checks_and_not_their_functions_names() -> None:
    titled = tuple(check._replace(title=f"All of {check.check}") for check in CHECKS)
    (found,) = one_column([mark(ANT, 1.0)._replace(checks=titled)], KNOWN, added=False)

    assert found.comment == "Powers: 1 of 5; to fix: All of tanh"


def test_a_comment_says_that_a_file_does_not_run() -> None:
    broken = mark(ANT, 0.0)._replace(does_not_run="value.py raises SyntaxError: invalid syntax")
    (found,) = one_column([broken], KNOWN, added=False)

    says = "the file does not run: value.py raises SyntaxError: invalid syntax"
    assert found.comment == f"Powers: 0 of 5; {says}"


def test_what_a_person_gave_full_points_for_is_not_to_be_fixed() -> None:
    whole = mark(ANT, 5.0)._replace(comment="points: 5 instead of 1 (ta)")
    one = mark(ANT, 4.5)._replace(checks=(CHECKS[0], CHECKS[1]._replace(score=4.0)))
    comments = [one_column([each], KNOWN, added=False)[0].comment for each in (whole, one)]

    assert comments == ["Powers: 5 of 5; points: 5 instead of 1 (ta)", "Powers: 4.5 of 5"]


def test_gradescope_is_told_the_score_and_each_check() -> None:
    told = json.loads(gradescope.results([mark(ANT, 2.5)]))

    assert told["score"] == 2.5
    assert [(one["name"], one["status"], one["score"]) for one in told["tests"]] == [
        ("ex9: power_values", "passed", 1.0),
        ("ex9: tanh", "failed", 0.0),
    ]
    assert {one["visibility"] for one in told["tests"]} == {"visible"}


def test_autolab_is_told_a_score_for_each_exercise() -> None:
    assert autolab.line(MARKS[:2]) == '{"scores": {"ex9": 2.5, "ex10": 3.0}}\n'
