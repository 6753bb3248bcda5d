"""A student is named as people call them, and never guessed."""

import pytest

from grader.course.batch.regrade import NotOneStudent, keys_of
from grader.submissions.student import Student

ANT = Student("ant_1", "Alice Ant", "4711", "99", email="alice@example.org")
BEE = Student("bee_2", "Zoë Bee", "4712")
TWIN = Student("bee_3", "Zoë Bee", "4713")
COURSE = (ANT, BEE, TWIN)


@pytest.mark.parametrize("word", ["ant_1", "Alice Ant", "4711", "99", "alice@example.org"])
def test_key_name_number_and_address_name_a_student(word: str) -> None:
    assert keys_of([word, "bee_2"], COURSE) == {"ant_1", "bee_2"}


def test_a_key_comes_before_somebody_else_s_name() -> None:
    namesake = Student("cat_4", "ant_1")

    assert keys_of(["ant_1"], [*COURSE, namesake]) == {"ant_1"}


def test_a_name_of_two_students_asks_for_one_of_their_keys() -> None:
    with pytest.raises(NotOneStudent, match="--again Zoë Bee could be bee_2 or bee_3"):
        keys_of(["Zoë Bee"], COURSE)


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("Alice Amt", "did you mean Alice Ant?"),
        ("nobody at all", "name a student by key, id, email or name"),
        ("", "name a student by key, id, email or name"),
    ],
)
def test_a_word_that_names_nobody_is_said(word: str, hint: str) -> None:
    with pytest.raises(NotOneStudent, match="no student is called so") as raised:
        keys_of([word], COURSE)

    assert raised.value.hint == hint
