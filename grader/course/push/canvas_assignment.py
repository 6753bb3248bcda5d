"""An assignment as Canvas tells of it, and why marks in points would not arrive there."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from grader.course.gradebook.refusals import GradedOtherwise, NoPoints, Unpushable
from grader.course.push.lms import LmsAssignment

IN_WORDS: Final = {
    "pass_fail": "complete or incomplete",
    "gpa_scale": "by a scheme",
    "not_graded": "not at all",
}
"""Canvas's types of grading that take no points: it answers well, and keeps something else."""

BY_HAND: Final = (
    "grades are posted by hand: students see neither score nor comment until you post them"
)
GROUPED: Final = "groups have one grade together: each is sent once, for all of its members"
ANONYMOUS: Final = "marking is anonymous: students are found by the numbers of Canvas's zip"

Fields = Mapping[str, Any]


def as_assignment(fields: Fields) -> LmsAssignment:
    """Return an assignment to which points can be sent.

    Raises:
        GradedOtherwise: Canvas takes no points for it.
        NoPoints: it counts none.
        Unpushable: it is moderated, or not published.
    """
    how = IN_WORDS.get(str(fields.get("grading_type", "")))
    if how:
        raise GradedOtherwise("this assignment", how)
    points = fields.get("points_possible")
    if points is not None and float(points) == 0:
        raise NoPoints("this assignment")
    _refuse_closed(fields)
    possible = None if points is None else float(points)
    name = str(fields.get("name") or fields.get("id"))
    return LmsAssignment(name, possible, takes_more=True, notes=tuple(_notes(fields)))


def is_one_for_a_group(fields: Fields) -> bool:
    """Return whether a group has one grade together."""
    grouped = fields.get("group_category_id") is not None
    return grouped and not fields.get("grade_group_students_individually")


def is_anonymous(fields: Fields) -> bool:
    """Return whether students are hidden from those who mark."""
    hidden = fields.get("anonymize_students", fields.get("anonymous_grading"))
    return bool(fields.get("anonymous_grading") and hidden)


def _refuse_closed(fields: Fields) -> None:
    if fields.get("moderated_grading") and not fields.get("grades_published"):
        raise Unpushable(
            "this assignment",
            "is moderated, and Canvas takes no grade over its API before the moderator releases "
            "them",
            "enter them by hand, or push when they are released",
        )
    if fields.get("published") is False:
        raise Unpushable("this assignment", "is not published", "publish it in Canvas first")


def _notes(fields: Fields) -> Iterator[str]:
    if fields.get("post_manually"):
        yield BY_HAND
    if is_one_for_a_group(fields):
        yield GROUPED
    if is_anonymous(fields):
        yield ANONYMOUS
