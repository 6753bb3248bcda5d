"""A mutant of a solution, or one with the edits of two mutants, as an engine."""

import pytest

from grader.exercises.exercise import Mutant
from grader.grading.mutants.engine import definitions, twice_mutated_source

SOLUTION = "a = 1\nb = 2\nc = 3\n"


def edit(replace: str, by: str) -> Mutant:
    return Mutant("X", "", replace, by, "")


def test_both_edits_are_made_whichever_comes_first() -> None:
    one, other = edit("a = 1", "a = b = 9"), edit("b = 2", "")

    assert twice_mutated_source(SOLUTION, one, other) == "a = b = 9\n\nc = 3\n"
    assert twice_mutated_source(SOLUTION, other, one) == "a = b = 9\n\nc = 3\n"


def test_edits_that_stand_side_by_side_are_both_made() -> None:
    assert (
        twice_mutated_source(SOLUTION, edit("a = 1\n", "A\n"), edit("b = 2\n", "B\n"))
        == "A\nB\nc = 3\n"
    )


@pytest.mark.parametrize("text", ["a = 1\nb", "1\nb = 2", "b = 2"])
def test_edits_that_meet_are_not(text: str) -> None:
    assert twice_mutated_source(SOLUTION, edit("b = 2", ""), edit(text, "")) is None


def test_definitions_are_what_is_left_without_what_is_called() -> None:
    source = (
        'import math\nRATE = 0.1\nx: int = 3\nprint("hi")\nv = f(\n    2,\n)\ndef g():\n    f()\n'
    )

    assert definitions(source) == "import math\nRATE = 0.1\nx: int = 3\n\n\n\n\ndef g():\n    f()\n"
