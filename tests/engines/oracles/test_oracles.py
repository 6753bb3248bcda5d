"""The oracles: two that agree, one that was written down, and mutants as engines."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from grader import raises
from grader.engines.compare import ORACLES_RELATIVE, compare
from grader.engines.observation import ORDER, Array, Observation, Traversal
from grader.engines.oracles.recorded_answers import RecordedOracle
from grader.engines.oracles.textbook import Textbook
from grader.engines.program import ObservedStep, Program, Ref, Step
from grader.errors import BrokenExercise
from grader.exercises import catalogue
from grader.exercises.catalogue import ExerciseEntry
from grader.exercises.check_recorder import record
from grader.exercises.exercise import Mutant
from grader.exercises.exercise_programs import first_oracle, programs
from grader.grading.mutants.engine import engine_of, mutated_source
from grader.grading.preparation import live_torch
from tests.claims import failures

every_exercise = pytest.mark.parametrize(
    "entry",
    [
        pytest.param(entry, id=entry.path, marks=pytest.mark.xdist_group(f"oracles {entry.path}"))
        for entry in catalogue.entries()  # on one worker each: torch is asked once
    ],
)
AGAIN = "torch answers otherwise by now: run `python -m tests.exercises.shipped.record`"
SUM = Program(
    (
        Step("make", "Value", (2.0,)),
        Step("make", "Value", (3,)),
        Step("operate", "add", (Ref(0), Ref(1))),
        Step("read", "data", (Ref(2),)),
    ),
    (ObservedStep("sum", 3),),
)
SOLUTION = """\
class Value:
    def __init__(self, data):
        self.data = data

    def __add__(self, other):
        return Value(self.data + other.data)
"""
SIGN = Mutant("M1", "a minus for +", "data + other", "data - other", "The sum subtracts.")


@cache
def torch() -> Textbook:
    live = pytest.importorskip("grader.engines.oracles.pytorch", reason="torch is not installed")
    engine: Textbook = live.Torch()
    return engine


@cache
def answers_of(entry: ExerciseEntry) -> Mapping[str, Observation]:
    """Torch's answers to all that an exercise asks, with what its author has defined."""
    pytest.importorskip("grader.engines.oracles.pytorch", reason="torch is not installed")
    exercise = catalogue.load(entry)
    live = live_torch(exercise)
    return {key: live.answer(program) for key, program in programs(exercise).items()}


@every_exercise
def test_the_reference_engine_and_torch_agree_on_every_check(entry: ExerciseEntry) -> None:
    exercise = catalogue.load(entry)
    asked, torch_says, oracle = programs(exercise), answers_of(entry), first_oracle(exercise)

    def agree(key: str) -> None:
        program, live = asked[key], torch_says[key]
        reference = oracle.answer(program)
        assert reference.ended == live.ended == "answered"
        assert set(reference.answers) == {seen.at for seen in program.observed}
        assert compare(program, reference, live, relative=ORACLES_RELATIVE) is None
        assert compare(program, live, reference, relative=ORACLES_RELATIVE) is None

    assert failures(agree, asked) == {}


@every_exercise
def test_what_torch_was_recorded_to_answer_is_what_it_answers(entry: ExerciseEntry) -> None:
    asked, torch_says = programs(catalogue.load(entry)), answers_of(entry)
    oracle = RecordedOracle(entry.folder / "torch.json")

    def is_recorded(key: str) -> None:
        program, live = asked[key], torch_says[key]
        held = oracle.answer(program)
        assert held is not None
        assert compare(program, live, held, relative=ORACLES_RELATIVE) is None
        assert orders(held) == pytest.approx(orders(live), rel=ORACLES_RELATIVE)

    assert failures(is_recorded, asked) == {}, AGAIN


@every_exercise
def test_nothing_is_recorded_that_no_check_asks(entry: ExerciseEntry) -> None:
    import json

    held = json.loads((entry.folder / "torch.json").read_bytes())["answers"]

    asked = programs(catalogue.load(entry)).values()
    assert set(held) == {program.fingerprint() for program in asked}, AGAIN


def orders(observation: Observation) -> list[float]:
    """Every number in every order, gradients included, in a row."""
    traversals = [
        answer.value
        for answer in observation.answers.values()
        if answer.kind == ORDER and isinstance(answer.value, Traversal)
    ]
    return [
        number
        for traversal in traversals
        for number in (
            *(traversal.order or ()),
            *(part for pair in traversal.gradients for part in pair),
        )
    ]


@pytest.mark.parametrize("oracle", ["reference", "torch"])
def test_an_oracle_of_arrays_frees_a_graph_of_sums_too(oracle: str) -> None:
    def check(Tensor: Any, Add: Any) -> dict[str, Any]:
        a = Tensor([1.0, 2.0], requires_grad=True)
        b = Add().forward(a, a)
        fresh = {"b.grad before": b.grad}
        first = raises(b, "backward")
        again = raises(b, "backward")
        leaf = raises(a, "backward")
        return fresh | {"first": first, "again": again, "leaf": leaf, "a.grad": a.grad}

    answers = (Textbook() if oracle == "reference" else torch()).answer(record(check)).answers

    assert [answer.value for answer in answers.values()] == [
        Array((2,), (0.0, 0.0)),
        False,
        True,
        False,
        Array((2,), (3.0, 3.0)),
    ]


@pytest.mark.parametrize("oracle", ["reference", "torch"])
def test_an_oracle_of_arrays_clears_sets_and_adds(oracle: str) -> None:
    def check(Tensor: Any, Mul: Any) -> dict[str, Any]:
        a = Tensor([2.0, 3.0], requires_grad=True)
        Mul().forward(a, a).backward()
        a.zero_grad()
        cleared = {"cleared": a.grad}
        a.data = a.data - a.data
        b = a + Tensor([1.0, 1.0])
        b.backward()
        return cleared | {"b.data": b.data, "a.grad": a.grad}

    answers = (Textbook() if oracle == "reference" else torch()).answer(record(check)).answers

    assert [answer.value for answer in answers.values()] == [
        Array((2,), (0.0, 0.0)),
        Array((2,), (1.0, 1.0)),
        Array((2,), (1.0, 1.0)),
    ]


def test_a_mutant_is_the_solution_with_one_edit() -> None:
    source = mutated_source(SOLUTION, SIGN, "mutants.py")

    assert source == SOLUTION.replace("self.data + other.data", "self.data - other.data")


@pytest.mark.parametrize(("text", "times"), [("self.data * other", 0), ("    def __", 2)])
def test_an_edit_must_have_one_place(text: str, times: int) -> None:
    mutant = SIGN._replace(replace=text)

    said = rf"^mutants\.py: the mutant M1 replaces a text that stands {times} times"
    with pytest.raises(BrokenExercise, match=said) as e:
        mutated_source(SOLUTION, mutant, "mutants.py")

    assert e.value.message.endswith(f"in the solution: {text.strip()!r}")
    assert e.value.hint == "choose a text that stands there exactly once"


def test_an_edit_of_nothing_but_space_is_refused_too() -> None:
    with pytest.raises(BrokenExercise, match="the mutant M1 replaces a text that stands"):
        mutated_source(SOLUTION, SIGN._replace(replace="\n"), "mutants.py")


def test_a_mutant_answers_as_an_engine_with_its_fault() -> None:
    engine = engine_of(
        mutated_source(SOLUTION, SIGN, "mutants.py"), {"Value": "Value"}, "mutants.py"
    )

    assert [answer.value for answer in engine.answer(SUM).answers.values()] == [-1.0]


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("class Value:\n    1 / 0\n", "does not run: ZeroDivisionError: division by zero"),
        ("class Value\n", "does not run: SyntaxError: expected ':'"),
        ("class Scalar:\n    pass\n", "defines no class Value"),
        ("Value = 3\n", "defines no class Value"),
    ],
)
def test_a_source_without_the_class_is_a_broken_exercise(source: str, says: str) -> None:
    with pytest.raises(BrokenExercise, match=rf"^solution\.py {says}"):
        engine_of(source, {"Value": "Value"}, "solution.py")
