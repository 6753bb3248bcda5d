"""The search finds the edit that mends a source, and no edit that only fits the questions."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Any

import pytest

from grader.engines.observation import Observation
from grader.engines.oracles.expected import mismatch_of
from grader.engines.oracles.textbook import Textbook
from grader.engines.program import Program
from grader.exercises.check_recorder import record
from grader.feedback.repair.edit import Pieces, edited
from grader.feedback.repair.search import AskedProgram, Found, RepairQuestions, Search
from tests.feedback.repair.engine import ENGINE, with_fault


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
            exec(source[0], names)
            engine = Textbook(partial(_given, names))
            answers = [engine.answer(program) for program in programs]
        found.append(answers)
    return found


def _given(names: dict[str, Any], _: Program) -> dict[str, Any]:
    return {"Value": names["Value"]}


def searched(
    source: str, checks: Sequence[object], unseen: Sequence[object] = (), steps: int = 60_000
) -> Found | None:
    every = [asked(check) for check in checks]
    (answers,) = ask([(source,)], [one.program for one in every])
    pairs = [
        (one, mismatch_of(one.program, one.want, got))
        for one, got in zip(every, answers, strict=True)
    ]
    questions = RepairQuestions(
        [one for one, mismatch in pairs if mismatch],
        [mismatch for _, mismatch in pairs if mismatch],
        [one for one, mismatch in pairs if not mismatch],
        lambda: [asked(check) for check in unseen],
    )
    return Search(ask, questions, "Value", steps).find((source,))


def test_the_one_edit_that_makes_everything_right_is_found() -> None:
    source = with_fault("self.grad += other.data * out.grad", "self.grad = other.data * out.grad")

    found = searched(source, [squares, differences, paths])

    assert found is not None
    assert edited((source,), found.edits[0].edits) == found.after == (ENGINE,)
    assert found.mends == (frozenset({0}),)


def test_an_edit_that_fits_what_is_asked_alone_is_no_cause() -> None:
    source = with_fault("self.grad += other.data * out.grad", "self.grad += out.grad")

    by_questions = searched(source, [squares])
    by_all = searched(source, [squares], [paths, differences])

    assert by_questions is not None
    assert by_all is not None
    assert by_all.edits[0].function == "__mul__"
    assert ask([by_all.after], [asked(paths).program])[0][0].answers == asked(paths).want.answers


def test_two_faults_are_found_each_with_what_it_mends() -> None:
    source = with_fault("return self + (-other)", "return self + other")
    source = source.replace(
        "self.grad += other.data * out.grad", "self.grad = other.data * out.grad"
    )

    found = searched(source, [differences, squares, paths])

    assert found is not None
    assert sorted(one.function for one in found.edits) == ["__mul__", "__sub__"]
    assert edited((source,), [*found.edits[0].edits, *found.edits[1].edits]) == found.after


def test_what_nothing_mends_in_the_budget_is_not_named() -> None:
    source = with_fault("self.grad += other.data * out.grad", "self.grad = other.data * out.grad")

    assert searched(source, [squares], steps=0) is None


def test_calls_without_end_are_called_so() -> None:
    found = searched(with_fault("return self + (-other)", "return -(other - self)"), [differences])

    assert found is not None
    assert (found.edits[0].kind, found.edits[0].function) == ("endless", "__sub__")


@pytest.mark.parametrize("run", [1, 2])
def test_the_same_source_has_the_same_cause(run: int) -> None:
    source = with_fault("reversed(topological_order(self))", "topological_order(self)")

    found = searched(source, [paths, squares])

    assert run
    assert found is not None
    assert found.edits[0].kind == "direction of the walk"
