"""A fault of the engine is charged where the engine is asked, and not once more in its run."""

from typing import Any

from grader.engines.observation import Observation
from grader.engines.program import Program
from grader.exercises.exercise import holds
from grader.grading.mutants.engine import engine_of
from grader.grading.mutants.run import trace_of, trace_on_right_engine
from grader.grading.own_run.checks import OwnRunChecks, OwnRunOptions, note_on_engine_faults
from grader.sandbox.trace import Trace
from tests.grading.own_run.runs import ENGINE, ask

WRONG_ENGINE = ENGINE.replace(
    "self.grad += other.data * out.grad", "self.grad += self.data * out.grad"
)
PRODUCT = "a = Value(2.0)\nb = Value(3.0)\nc = a * b\nc.backward()\n"


@holds(points=1)
def gradients_by_hand(Value: Any) -> dict[str, Any]:
    """The gradients of a product."""
    a = Value(2.0)
    b = Value(3.0)
    c = a * b
    c.backward()
    return {"a.grad": a.grad, "b.grad": b.grad}


class Script:
    """A script that runs in this process, as often as it is traced."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._engine = engine_of(source, {"Value": "Value"}, "value.py")

    def trace(self) -> Trace:
        return trace_of(self._source)

    def trace_on_right_engine(self, name: str, *, zeroes: bool = False) -> Trace | None:
        return trace_on_right_engine(self._source, name, zeroes=zeroes)

    def answer(self, _: str, program: Program) -> Observation:
        return self._engine.answer(program)


def checks_of(source: str) -> OwnRunChecks:
    script = Script(source)
    return OwnRunChecks(script, "Value", ask, script.answer, OwnRunOptions())


def test_the_engine_that_is_wrong_here_is_another() -> None:
    assert WRONG_ENGINE != ENGINE


def test_a_right_run_of_a_right_engine_is_right_and_shows_no_fault_of_the_engine() -> None:
    checks = checks_of(f"{ENGINE}\n{PRODUCT}")

    assert checks.judge(gradients_by_hand).mismatch is None
    assert checks.engine_faults == []


def test_a_run_that_is_right_on_a_right_engine_is_right() -> None:
    checks = checks_of(f"{WRONG_ENGINE}\n{PRODUCT}")

    result = checks.judge(gradients_by_hand)

    assert (result.mismatch, result.on_right_engine) == (None, True)
    assert checks.engine_faults == ["The gradients of a product"]


def test_a_run_that_is_wrong_by_itself_stays_wrong_on_a_right_engine() -> None:
    checks = checks_of(f"{WRONG_ENGINE}\n{PRODUCT}\na.grad = b.grad = 7.0\n".replace("c.back", "#"))

    result = checks.judge(gradients_by_hand)

    assert result.message.startswith("a.grad is 7.0")
    assert not result.on_right_engine
    assert checks.engine_faults == []


def test_the_note_on_engine_faults_checks_names_each() -> None:
    assert note_on_engine_faults(["One", "Two"]).startswith(
        "“One” and “Two” would fail because of the engine, whose fault is charged where the engine "
    )
