"""A score and a comment stand there however the LMS writes them."""

import pytest

from grader.course.push.lms import LmsStudent, UnexpectedAnswer, as_agreed, points

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


def test_an_answer_of_another_form_is_an_error_that_says_what_was_missed() -> None:
    @as_agreed
    def asks(answer: dict[str, float]) -> float:
        return points(answer["score"])

    assert asks({"score": 2.5}) == 2.5
    faults: list[tuple[dict[str, float], str]] = [
        ({}, "KeyError: 'score'"),
        ({"score": float("nan")}, "nan is no number"),
        ({"score": float("inf")}, "inf is no number"),
        ({"score": 1e300}, r"1e\+300 is no number of points"),
    ]
    for wrong, missed in faults:
        with pytest.raises(UnexpectedAnswer, match="something else than is agreed .*" + missed):
            asks(wrong)
