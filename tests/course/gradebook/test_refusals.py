"""What an LMS would not take as points is refused in one line, with what can be done."""

import pytest

from grader.course.gradebook.refusals import GradedOtherwise, NoPoints, OtherPoints, Unpushable
from grader.errors import Misused


@pytest.mark.parametrize(
    ("refusal", "message", "hint"),
    [
        (NoPoints("'ex9'"), "the LMS counts 0 points for 'ex9'", "give the assignment its points"),
        (
            GradedOtherwise("'ex9'", "on a scale", ("d", "a", "c", "b", "a")),
            "'ex9' is graded on a scale ('a', 'b', 'c'), and points are no such grades",
            "have the LMS grade it in points",
        ),
        (OtherPoints(100.0, 5.0), "the LMS counts 100 points, we 5", "--scale makes them"),
        (Unpushable("'ex9'", "is moderated", "wait"), "'ex9' is moderated", "wait"),
    ],
    ids=lambda one: type(one).__name__,
)
def test_a_refusal_says_what_it_is_of_and_what_to_do(
    refusal: Misused, message: str, hint: str
) -> None:
    assert refusal.message.startswith(message)
    assert refusal.hint.startswith(hint)
