"""An assignment of Canvas's that takes no marks is refused, and what hides them is said."""

from typing import Any

import pytest

from grader.course.gradebook.refusals import GradedOtherwise, NoPoints, Unpushable
from grader.course.push.canvas_assignment import (
    as_assignment,
    is_anonymous,
    is_one_for_a_group,
)
from grader.errors import Misused

FIELDS = {"id": 9, "name": "ex9", "points_possible": 5.0, "grading_type": "points"}


@pytest.mark.parametrize(
    ("more", "error", "says"),
    [
        ({"grading_type": "pass_fail"}, GradedOtherwise, "complete or incomplete"),
        ({"grading_type": "not_graded"}, GradedOtherwise, "not at all"),
        ({"points_possible": 0}, NoPoints, "0 points"),
        ({"moderated_grading": True}, Unpushable, "is moderated, and Canvas takes no grade"),
        ({"published": False}, Unpushable, "is not published"),
    ],
)
def test_what_takes_no_marks_is_refused(
    more: dict[str, Any], error: type[Misused], says: str
) -> None:
    with pytest.raises(error, match=says):
        as_assignment(FIELDS | more)


def test_a_moderated_one_whose_grades_are_published_is_like_any_other() -> None:
    released = {"moderated_grading": True, "grades_published": True}

    assert as_assignment(FIELDS | released).possible == 5.0


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"post_manually": True}, "students see neither score nor comment until you post them"),
        ({"group_category_id": 3}, "groups have one grade together"),
        ({"anonymous_grading": True}, "marking is anonymous"),
    ],
)
def test_what_a_person_should_know_is_said(more: dict[str, Any], says: str) -> None:
    (note,) = as_assignment(FIELDS | more).notes

    assert says in note


def test_a_group_whose_members_are_graded_one_by_one_is_none() -> None:
    each = {"group_category_id": 3, "grade_group_students_individually": True}

    assert is_one_for_a_group({"group_category_id": 3})
    assert not is_one_for_a_group(each)


def test_students_who_are_shown_again_are_not_anonymous() -> None:
    assert not is_anonymous({"anonymous_grading": True, "anonymize_students": False})
