"""What the tests of searches ask, and engines that answer it in this process."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from grader.engines.observation import Observation
from grader.engines.oracles.textbook import Textbook
from grader.engines.program import Program
from grader.exercises.check_recorder import record
from grader.feedback.repair.asked_edits import AskedProgram
from grader.feedback.repair.edit import Pieces
from grader.sandbox.child.edits.edited_code import EditedCode

CODE = EditedCode("<string>")  # searches ask thousands of edits of few sources


def squares(Value: Any) -> dict[str, float]:
    """Asks the slope of a square."""
    a = Value(2.0)
    b = a * a
    b.backward()
    return {"a.grad": a.grad}


def differences(Value: Any) -> dict[str, float]:
    """Asks the slopes of a difference."""
    a = Value(5.0)
    b = Value(3.0)
    c = a - b
    c.backward()
    return {"c.data": c.data, "a.grad": a.grad, "b.grad": b.grad}


def paths(Value: Any) -> dict[str, float]:
    """Asks a slope over two paths, with more behind it."""
    a = Value(-1.5)
    b = a * Value(3.0) + a
    c = b * b
    c.backward()
    return {"a.grad": a.grad}


def powers(Value: Any) -> dict[str, float]:
    """Asks the slope of a cube that stands there twice."""
    a = Value(1.25)
    b = a**3
    c = b + a**2
    c.backward()
    return {"a.grad": a.grad}


def slope_of_tanh(Value: Any) -> dict[str, float]:
    """Asks the slope of tanh, and what a product makes of it afterwards."""
    a = Value(0.5)
    b = a.tanh()
    c = b * Value(3.0)
    c.backward()
    return {"a.grad": a.grad, "b.data": b.data}


def asked(check: object) -> AskedProgram:
    program = record(check)  # type: ignore[arg-type]
    want = Textbook().answer(program)
    assert want is not None
    return AskedProgram(program, want)


def ask(sources: Sequence[Pieces], programs: Sequence[Program]) -> list[list[Observation]]:
    """Answer as each source does; one that cannot be run answers nothing."""
    found = []
    for source in sources:
        names: dict[str, Any] = {}
        answers: list[Observation] = []
        with suppress(Exception):
            for code in CODE.of(source[0]):
                exec(code, names)
            engine = Textbook(partial(_given, names))
            answers = [engine.answer(program) for program in programs]
        found.append(answers)
    return found


def _given(names: dict[str, Any], _: Program) -> dict[str, Any]:
    return {"Value": names["Value"]}
