"""A mutant of a solution, or one with the edits of two mutants, as an engine."""

import pytest

from grader.engines.program import Program
from grader.errors import BrokenExercise
from grader.exercises.exercise import Mutant
from grader.grading.mutants.engine import (
    definitions,
    engine_of,
    mutated_source,
    twice_mutated_source,
)

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


def test_an_edit_whose_text_stands_twice_is_refused() -> None:
    with pytest.raises(BrokenExercise, match="replaces a text that stands 2 times"):
        mutated_source("a = 1\na = 1\n", edit("a = 1", ""), "mutants.py")


def test_a_class_that_a_source_lacks_is_named() -> None:
    with pytest.raises(BrokenExercise, match=r"mutants\.py defines no class Value"):
        engine_of("x = 1\n", {"Value": "Value"}, "mutants.py")


def test_an_error_below_the_class_leaves_the_class() -> None:
    source = "class Value:\n    def __init__(self, data):\n        self.data = data\n1 / 0\n"

    engine = engine_of(source, {"Value": "Value"}, "mutants.py")

    assert engine.answer(Program((), ())).ended == "answered"


def test_a_source_that_ends_the_program_is_refused() -> None:
    with pytest.raises(BrokenExercise, match="one does not run: SystemExit: 0"):
        engine_of("raise SystemExit(0)", {"Value": "Value"}, "one")
