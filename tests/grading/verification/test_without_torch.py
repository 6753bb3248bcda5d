"""What a proof leaves out without torch is said by the names of the checks concerned."""

from typing import Any

from grader.engines.observation import Observation
from grader.engines.oracles.textbook import Textbook
from grader.engines.oracles.without_torch import WithoutTorch
from grader.engines.program import Program
from grader.exercises import catalogue
from grader.exercises.check_recorder import record
from grader.exercises.exercise_programs import programs
from grader.grading.verification.verify import Materials, verify
from grader.grading.verification.without_torch import left_out, live
from tests.exercises.shipped.inprocess import graded

EXERCISE = catalogue.load(catalogue.find("my475/ex9"))
SOLUTION = catalogue.solution(EXERCISE)


class RecordedButOne(Textbook):
    """Answers all Programs but one, as a record does from before a check changed."""

    label = "torch 2.9.1"

    def __init__(self, unknown: Program) -> None:
        super().__init__()
        self._unknown = unknown

    def answer(self, program: Program) -> Observation | None:  # type: ignore[override]
        """Answer, except the one."""
        return None if program.steps == self._unknown.steps else super().answer(program)


def value(Value: Any) -> dict[str, Any]:
    return {"data": Value(1.3).data}


def without(recorded: Any = None) -> WithoutTorch:
    return WithoutTorch(recorded, (), Textbook())


def test_checks_are_named_up_to_five_each_once() -> None:
    names = ("one", "one#1", "one~", "two", "three", "four", "five", "six", "seven")

    said = list(left_out(dict.fromkeys(names, record(value)), [Textbook(), without()]))

    assert said == ["nothing confirms the answers to one, two, three, four, five, 2 more"]


def test_with_torch_nothing_is_left_out() -> None:
    both = (Textbook(), Textbook())

    assert live(both) == both
    assert not list(left_out({"one": record(value)}, both))


def test_a_check_that_changed_since_is_told_and_not_counted_as_confirmed() -> None:
    asked = programs(EXERCISE)
    oracles = (Textbook(), without(RecordedButOne(asked["power_values"])))
    materials = Materials(SOLUTION, "class Value:\n    pass\n", {}, {})

    proof = verify(EXERCISE, materials, lambda source, _: graded(EXERCISE, source), oracles)

    assert proof.problems == ("mutants.py lists no mutant, so nothing shows what the checks catch",)
    assert proof.left_out == ("nothing confirms the answers to power_values",)
    assert (proof.programs, proof.random, proof.has_torch) == (len(asked) - 1, 0, False)
