"""The text beside an attempt says whose it is, in the language of whoever has exported it."""

import pytest

from grader.submissions.intake.lms.blackboard_texts import AttemptText, attempt_text

NOTHING = "There is no student submission text data for this assignment."


def beside(first: str, typed: str) -> bytes:
    return (
        f"{first}\r\nAssignment: Exercise 9\r\nDate Submitted: Saturday\r\n\r\n"
        f"Submission Field:\r\n{typed}\r\n\r\nComments:\r\nThere are no student comments.\r\n"
    ).encode()


@pytest.mark.parametrize(
    ("first", "name"),
    [
        ("Name: Alice Ant (ant)", "Alice Ant"),
        ("Nombre: José (Pepe) Núñez (ant)", "José (Pepe) Núñez"),
        ("名前：田中 太郎 (ANT)", "田中 太郎"),
        ("\ufeffName: Alice Ant (ant) ", "Alice Ant"),
        ("Name: Alice Ant (bee)", ""),
        ("Name: Alice Ant", ""),
        ("", ""),
    ],
)
def test_the_name_is_that_of_the_account(first: str, name: str) -> None:
    assert attempt_text(beside(first, NOTHING), "ant") == AttemptText(name)


def test_what_was_typed_stands_there_too() -> None:
    found = attempt_text(beside("Name: Alice Ant (ant)", "<p>class A:<br>x = 1</p>"), "ant")

    assert found == AttemptText("Alice Ant", "<p>class A:<br>x = 1</p>")
