"""Our own words beside a score are told from those of people, however an LMS gives them back."""

import pytest

from grader.course.gradebook.our_comments import flat, is_ours

NEW = "Powers: again: 5 of 5; points: 5 instead of 3"


@pytest.mark.parametrize(
    ("standing", "ours"),
    [
        ("Powers: again: 3.75 of 5; to fix: tanh", True),
        ("Powers: again: 3.75 of 5", True),
        ("<p>Powers: again: 3.75 of 5; points: 3.75</p>", True),
        ("  Powers:  again: 3,75 of 5; a &lt; b", True),
        ("'Powers: again: 3 of 5", True),
        ("Powers: again: well done", False),
        ("Powers: 3 of 5", False),
        ("Well done! Powers: again: 3 of 5", False),
        ("Powers: again: 3 of 5 is too little, see me", False),
        ("", False),
    ],
)
def test_words_are_ours_if_they_begin_with_the_title_and_the_points(
    standing: str, ours: bool
) -> None:
    assert is_ours(standing, NEW) is ours


def test_words_without_points_take_nobody_s_place() -> None:
    assert not is_ours("Powers: 3 of 5", "Powers: no script")


def test_words_are_compared_without_the_form_that_an_lms_gives_them() -> None:
    assert flat("<p>a &lt; b</p>\n\n<p>c</p>") == "a < b c"
