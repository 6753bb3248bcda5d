"""A fault of the engine is charged where the engine is asked, and not once more in its run."""

from typing import Any

import pytest

from grader.exercises import catalogue
from grader.exercises.exercise import descends, holds
from grader.grading.own_run.checks import (
    NO_ENGINE,
    OwnRunChecks,
    OwnRunOptions,
    note_on_engine_faults,
)
from grader.sandbox.recording.elsewhere import Elsewhere
from tests.grading.own_run.runs import ENGINE, Script, ask

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


class Unrecordable(Script):
    """A script that can be watched alone."""

    def trace_on_right_engine(
        self, _: str, *, zeroes: bool = False, elsewhere: Elsewhere | None = None
    ) -> None:
        return None


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


KINKED = catalogue.solution(catalogue.load(catalogue.find("ext1"))).partition("# %%")[0]
SLOPE = "(1.0 if self.data > 0 else 0.0)"
FROM_THE_KINK = """
w, b = Value(0.0), Value(0.0)
for _ in range(100):
    for x, y in ((1.0, 2.0), (3.0, 6.0)):
        loss = ((Value(x) * w + b).relu() - Value(y)) ** 2
        w.grad = b.grad = 0.0
        loss.backward()
        w.data -= 0.1 * w.grad
        b.data -= 0.1 * b.grad
"""


@pytest.mark.parametrize("asks", [True, None])
def test_a_fault_of_the_engine_that_nothing_else_asks_is_charged_with_the_run(
    *, asks: bool | None
) -> None:
    assert SLOPE in KINKED
    script = Script(KINKED.replace(SLOPE, "(1.0 if self.data > 0 else -1.0)") + FROM_THE_KINK)
    options = OwnRunOptions(is_engine_right=lambda: asks)
    checks = OwnRunChecks(script, "Value", ask, script.answer, options)
    (check,) = [one for one in catalogue.load(catalogue.find("ext1")).checks if one.own_run]

    result = checks.judge(check)

    assert (result.mismatch is not None) is bool(asks)
    assert bool(checks.engine_faults) is not bool(asks)


CURVED = catalogue.solution(catalogue.load(catalogue.find("ext2"))).partition("# %%")[0]
DOWN_A_CURVE = """
w, b = Value(0.5), Value(0.25)
for _ in range(20):
    loss = ((Value(1.0) * w + b).tanh() - Value(-0.5)) ** 2
    w.grad = b.grad = 0.0
    loss.backward()
    w.data -= 0.1 * w.grad
    b.data -= 0.1 * b.grad
"""
CURVE = "(1 - result**2)"


@descends(points=2, parameters=2, steps=10)
def own_training() -> None:
    """Your own training, of any shape."""


@pytest.mark.parametrize(
    ("curve", "is_engine_right", "message"),
    [
        (CURVE, True, ""),
        ("(1 - result)", False, ""),
        ("(1 - result)", True, NO_ENGINE),
        ("(1 - result)", None, ""),
        ("(1 - result**2 if self.data == 0.75 else 1 - result)", None, NO_ENGINE),
        ("(1 - result**2 if self.data == 0.75 else 1 - result)", False, ""),
    ],
    ids=[
        "a right engine",
        "charged where it is asked",
        "nothing that is asked shows it",
        "nothing is asked",
        "right at the numbers of the file alone",
        "that, and charged where it is asked",
    ],
)
def test_a_descent_that_is_right_on_a_right_engine_pays_for_a_wrong_one_where_nothing_else_does(
    curve: str, is_engine_right: bool | None, message: str
) -> None:
    assert CURVED.count(CURVE) == 1
    script = Script(CURVED.replace(CURVE, curve) + DOWN_A_CURVE)
    options = OwnRunOptions(is_engine_right=lambda: is_engine_right, seed=20261129)
    checks = OwnRunChecks(script, "Value", ask, script.answer, options)

    result = checks.judge(own_training)

    assert result.message == message
    assert (result.mismatch is None) is (not message)
    is_excused = not message and curve != CURVE
    assert checks.engine_faults == ["Your own training, of any shape"] * is_excused


@pytest.mark.parametrize("is_engine_right", [True, False, None])
def test_an_engine_that_is_charged_elsewhere_excuses_no_wrong_loop(
    *, is_engine_right: bool | None
) -> None:
    wrong_loop = DOWN_A_CURVE.replace("0.1 * b.grad", "0.2 * b.grad")
    script = Script(CURVED.replace(CURVE, "(1 - result)") + wrong_loop)
    options = OwnRunOptions(is_engine_right=lambda: is_engine_right, seed=20261129)
    checks = OwnRunChecks(script, "Value", ask, script.answer, options)

    assert checks.judge(own_training).mismatch is not None
    assert checks.engine_faults == []


def test_a_run_that_is_never_recorded_is_judged_as_it_was_watched() -> None:
    script = Unrecordable(
        ENGINE + FROM_THE_KINK.replace(".relu()", "").replace("0.1 * b", "0.2 * b")
    )
    checks = OwnRunChecks(script, "Value", ask, script.answer, OwnRunOptions())
    *_, check = catalogue.load(catalogue.find("ex12")).checks

    assert checks.judge(check).message.startswith("step 1 moves b by ")


def test_the_note_on_engine_faults_checks_names_each() -> None:
    assert note_on_engine_faults(["One", "Two"]).startswith(
        "“One” and “Two” would fail because of the engine, whose fault is charged where the engine "
    )
