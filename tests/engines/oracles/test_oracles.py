"""The oracles: two that agree, one that was written down, and mutants as engines."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from grader import order_of, raises
from grader.engines.compare import ORACLES_RELATIVE, compare
from grader.engines.observation import ORDER, Array, Observation, Traversal
from grader.engines.oracles.expected import remembering
from grader.engines.oracles.recorded_answers import Recorded, written
from grader.engines.oracles.textbook import Engine
from grader.engines.program import Observed, Program, Ref, Step
from grader.errors import BrokenExercise
from grader.exercises import catalogue
from grader.exercises.catalogue import Entry
from grader.exercises.check_recorder import record
from grader.exercises.exercise import Mutant
from grader.exercises.exercise_programs import programs
from grader.grading.mutants.engine import engine_of, mutated

PROGRAMS = [
    pytest.param(entry, program, id=f"{entry.path}-{id_}")
    for entry in catalogue.entries()
    for id_, program in programs(catalogue.load(entry)).items()
]
AGAIN = "torch answers otherwise by now: run `python -m tests.exercises.shipped.record`"
SUM = Program(
    (
        Step("make", "Value", (2.0,)),
        Step("make", "Value", (3,)),
        Step("operate", "add", (Ref(0), Ref(1))),
        Step("read", "data", (Ref(2),)),
    ),
    (Observed("sum", 3),),
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
def torch() -> Engine:
    live = pytest.importorskip("grader.engines.oracles.pytorch", reason="torch is not installed")
    engine: Engine = live.Torch()
    return engine


def recorded(entry: Entry) -> Recorded:
    return Recorded(entry.folder / "torch.json")


@pytest.mark.parametrize(("entry", "program"), PROGRAMS)
def test_the_reference_engine_and_torch_agree_on_every_check(
    entry: Entry, program: Program
) -> None:
    reference, live = Engine().answer(program), torch().answer(program)

    assert reference.ended == live.ended == "answered"
    assert set(reference.answers) == {seen.at for seen in program.observed}
    assert compare(program, reference, live, relative=ORACLES_RELATIVE) is None
    assert compare(program, live, reference, relative=ORACLES_RELATIVE) is None


@pytest.mark.parametrize(("entry", "program"), PROGRAMS)
def test_what_torch_was_recorded_to_answer_is_what_it_answers(
    entry: Entry, program: Program
) -> None:
    held, live = recorded(entry).answer(program), torch().answer(program)

    assert held is not None, AGAIN
    assert compare(program, live, held, relative=ORACLES_RELATIVE) is None, AGAIN
    assert orders(held) == pytest.approx(orders(live), rel=ORACLES_RELATIVE), AGAIN


@pytest.mark.parametrize("entry", catalogue.entries(), ids=lambda entry: str(entry.path))
def test_nothing_is_recorded_that_no_check_asks(entry: Entry) -> None:
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


def test_behind_an_order_stand_the_gradients_of_the_leaves_below_its_root() -> None:
    def check(Value: Any) -> dict[str, Any]:
        a = Value(2.0)
        b = Value(3.0)
        c = a * b
        p = Value(5.0)
        q = p * p
        return {"map of c": order_of(c), "map of q": order_of(q)}

    answers = Engine().answer(record(check)).answers.values()

    assert [answer.value for answer in answers] == [
        Traversal((0, 1, 2), ((0, 3.0), (1, 2.0))),
        Traversal((3, 4), ((3, 10.0),)),
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

    answers = (Engine() if oracle == "reference" else torch()).answer(record(check)).answers

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

    answers = (Engine() if oracle == "reference" else torch()).answer(record(check)).answers

    assert [answer.value for answer in answers.values()] == [
        Array((2,), (0.0, 0.0)),
        Array((2,), (1.0, 1.0)),
        Array((2,), (1.0, 1.0)),
    ]


def test_a_program_that_was_never_asked_has_no_recorded_answer(tmp_path: Path) -> None:
    file = tmp_path / "torch.json"
    file.write_text(written(Engine(), []))

    assert Recorded(file).answer(SUM) is None


def test_what_was_written_is_what_is_answered(tmp_path: Path) -> None:
    file = tmp_path / "torch.json"
    file.write_text(written(Engine(), [SUM]))

    oracle = Recorded(file)

    assert oracle.label == "reference"
    assert oracle.answer(SUM) == Engine().answer(SUM)


def test_the_order_of_the_programs_does_not_change_what_is_written() -> None:
    other = SUM._replace(observed=(Observed("", 2),))

    assert written(Engine(), [SUM, other]) == written(Engine(), [other, SUM])


ANSWER = '{"ended": "answered", "answers": [], "step": null, "fault": null, "detail": ""}'


def beside_an_exercise(home: Path) -> Path:
    folder = home / "my475" / "09_ex9"
    folder.mkdir(parents=True)
    return folder / "torch.json"


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "3", "null", "{}", '{"oracle": "torch"}', '{"answers": {}}', "\xff"]
    + [f'{{"oracle": "torch", "answers": {held}}}' for held in ("[]", "null", "3", '"text"')],
)
def test_a_file_of_another_form_is_a_broken_exercise(tmp_path: Path, content: str) -> None:
    file = beside_an_exercise(tmp_path)
    file.write_bytes(content.encode("latin-1"))

    with pytest.raises(BrokenExercise, match=r"torch\.json: cannot be read: ") as e:
        Recorded(file)

    assert e.value.hint == "record it again: grade verify my475/ex9 --record"


def test_a_missing_file_is_a_broken_exercise(tmp_path: Path) -> None:
    with pytest.raises(BrokenExercise, match=r"torch\.json: cannot be read: .*No such file"):
        Recorded(tmp_path / "torch.json")


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        ("3", "replied with a int where a dict belongs"),
        ("{}", "replied with an ending that does not exist"),
        (ANSWER.replace("[]", "[[9, 3]]"), "replied with 2 fields where 4 belong"),
        (ANSWER.replace("[]", '[[9, "truth", true, ""]]'), "replied about a step"),
        (ANSWER.replace("[]", '[[3, [], true, ""]]'), "replied with a list where a str belongs"),
    ],
)
def test_a_recorded_answer_of_another_form_is_a_broken_exercise(
    tmp_path: Path, held: str, reason: str
) -> None:
    file = beside_an_exercise(tmp_path)
    file.write_text(f'{{"oracle": "torch", "answers": {{"{SUM.fingerprint()}": {held}}}}}')

    with pytest.raises(BrokenExercise, match=rf"torch\.json: {reason}") as e:
        Recorded(file).answer(SUM)

    assert e.value.hint == "record it again: grade verify my475/ex9 --record"


def test_a_mutant_is_the_solution_with_one_edit() -> None:
    source = mutated(SOLUTION, SIGN, "mutants.py")

    assert source == SOLUTION.replace("self.data + other.data", "self.data - other.data")


@pytest.mark.parametrize(("text", "times"), [("self.data * other", 0), ("    def __", 2)])
def test_an_edit_must_have_one_place(text: str, times: int) -> None:
    mutant = SIGN._replace(replace=text)

    said = rf"^mutants\.py: the mutant M1 replaces a text that stands {times} times"
    with pytest.raises(BrokenExercise, match=said) as e:
        mutated(SOLUTION, mutant, "mutants.py")

    assert e.value.message.endswith(f"in the solution: {text.strip()!r}")
    assert e.value.hint == "choose a text that stands there exactly once"


def test_an_edit_of_nothing_but_space_is_refused_too() -> None:
    with pytest.raises(BrokenExercise, match="the mutant M1 replaces a text that stands"):
        mutated(SOLUTION, SIGN._replace(replace="\n"), "mutants.py")


def test_a_mutant_answers_as_an_engine_with_its_fault() -> None:
    engine = engine_of(mutated(SOLUTION, SIGN, "mutants.py"), {"Value": "Value"}, "mutants.py")

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


def test_a_program_that_looks_elsewhere_is_asked_anew() -> None:
    ask = remembering([Engine()])
    ask(SUM)

    operands = ask(SUM._replace(observed=(Observed("left", 0),)))

    assert list(operands.want.answers) == [0]
