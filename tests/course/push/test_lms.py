"""A score and a comment stand there however the LMS writes them."""

import pytest

from grader.course.push.lms import LmsStudent

ANT = LmsStudent("11", "Alice Ant", {}, score=4.3333, comments=("tanh is\n  to be fixed",))


@pytest.mark.parametrize(("score", "stands"), [(4.33333, True), (4.334, False), (0.0, False)])
def test_a_score_stands_there_if_it_is_the_same_to_four_digits(score: float, stands: bool) -> None:
    assert ANT.has(score) is stands


def test_where_no_score_stands_nothing_does_not_either() -> None:
    assert not ANT._replace(score=None).has(0.0)


@pytest.mark.parametrize(
    ("comment", "stands"),
    [("tanh is to be fixed", True), ("tanh  is to\nbe fixed\n", True), ("tanh is", False)],
)
def test_words_stand_there_however_they_are_broken_into_lines(comment: str, stands: bool) -> None:
    assert ANT.heard(comment) is stands
