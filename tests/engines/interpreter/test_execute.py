"""Running a Program: whatever an engine does, and raises, is an Observation."""

import builtins
import operator
from collections.abc import Callable
from types import ModuleType
from typing import Any, NoReturn

import pytest

from grader.engines.interpreter.execute import (
    Implementation,
    OutOfTime,
    TooMuchOutput,
    execute,
    fault_of,
)
from grader.engines.observation import NOTHING, NUMBER, Answer, Fault, Observation, Place
from grader.engines.oracles.textbook import NAMES
from grader.engines.program import Keyword, Observed, Program, Ref, Rows, Step

MADE = Step("make", "Value", (2.0,))
READ_THEN_CALL = Program(
    (MADE, Step("read", "data", (Ref(0),)), Step("call", "act", (Ref(0),))),
    (Observed("a.data", 1), Observed("a.act()", 2)),
)
SOURCE = """\
class Value:
    def __init__(self, data):
        self.data = data

    def act(self):
        return helper(self)


def helper(node):
    return fail(node)
"""


def acting(act: Callable[[], object]) -> Implementation:
    """An engine whose method `act` does that."""

    class Value:
        def __init__(self, data: float) -> None:
            self.data = data

        def act(self) -> object:
            return act()

    return Implementation({"Value": Value})


def raising(error: BaseException) -> Implementation:
    def act() -> NoReturn:
        raise error

    return acting(act)


def test_every_observed_step_has_its_answer_and_no_other() -> None:
    program = Program(
        (
            MADE,
            Step("make", "Value", (-3,)),
            Step("operate", "mul", (Ref(0), Ref(1))),
            Step("call", "backward", (Ref(2),)),
            Step("write", "data", (Ref(0), 5.0)),
            Step("read", "data", (Ref(0),)),
            Step("read", "grad", (Ref(1),)),
        ),
        (Observed("", 6), Observed("", 5), Observed("", 3)),
    )

    observation = execute(program, Implementation(NAMES))

    assert observation == Observation(
        "answered", {3: Answer(NOTHING, None), 5: Answer(NUMBER, 5.0), 6: Answer(NUMBER, 2.0)}
    )


class Disagreeable(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no")


class Unspeakable(Exception):
    def __str__(self) -> str:
        raise SystemExit(0)


class NotText(Exception):
    def __str__(self) -> str:
        return 3  # type: ignore[return-value]  # noqa: PLE0307 - a student's mistake


class Lying(Exception):
    @property
    def __class__(self) -> Any:
        return SystemExit

    @__class__.setter
    def __class__(self, _: object) -> None: ...


class OfItsOwn(BaseException):
    pass


RAISED: list[tuple[BaseException, Fault]] = [
    (ValueError("bad number"), Fault("ValueError", "bad number")),
    (KeyError("x"), Fault("KeyError", "'x'")),
    (AssertionError(), Fault("AssertionError", "")),
    (SystemExit(0), Fault("SystemExit", "0")),
    (KeyboardInterrupt(), Fault("KeyboardInterrupt", "")),
    (GeneratorExit("gone"), Fault("GeneratorExit", "gone")),
    (RecursionError("too deep"), Fault("RecursionError", "too deep")),
    (MemoryError(), Fault("MemoryError", "")),
    (StopIteration(3), Fault("StopIteration", "3")),
    (OfItsOwn("mine"), Fault("OfItsOwn", "mine")),
    (Lying("really"), Fault("Lying", "really")),
    (Disagreeable(), Fault("Disagreeable", "(its message cannot be printed)")),
    (Unspeakable(), Fault("Unspeakable", "(its message cannot be printed)")),
    (NotText(), Fault("NotText", "(its message cannot be printed)")),
    (ValueError("a\n\x1b[2Jb"), Fault("ValueError", r"a \x1b[2Jb")),
    (ValueError("x" * 1000), Fault("ValueError", "x" * 172 + "… (828 characters left out)")),
    (
        ExceptionGroup("several", [ValueError("one")]),
        Fault("ExceptionGroup", "several (1 sub-exception)"),
    ),
]


@pytest.mark.parametrize(("error", "fault"), RAISED, ids=lambda each: type(each).__name__)
def test_whatever_is_raised_is_observed_with_the_answers_before_it(
    error: BaseException, fault: Fault
) -> None:
    observation = execute(READ_THEN_CALL, raising(error))

    assert observation == Observation("raised", {1: Answer(NUMBER, 2.0)}, 2, fault)


@pytest.mark.parametrize(
    ("error", "ended"), [(OutOfTime(), "timed out"), (TooMuchOutput(), "flooded")]
)
def test_a_limit_that_is_reached_is_an_ending_of_its_own(error: BaseException, ended: str) -> None:
    observation = execute(READ_THEN_CALL, raising(error))

    assert observation[:3] == (ended, {1: Answer(NUMBER, 2.0)}, 2)


def test_recursion_without_end_is_an_exception_like_any() -> None:
    def deeper() -> object:
        return deeper()

    observation = execute(READ_THEN_CALL, acting(deeper))

    assert (observation.ended, observation.step) == ("raised", 2)
    assert observation.fault is not None
    assert observation.fault.type == "RecursionError"


STEPS: list[tuple[Step, str]] = [
    (Step("make", "Tensor", (2.0,)), "NameError"),
    (Step("make", "Value", ()), "TypeError"),
    (Step("operate", "add", (Ref(0), "text")), "TypeError"),
    (Step("call", "missing", (Ref(0),)), "AttributeError"),
    (Step("call", "data", (Ref(0),)), "TypeError"),
    (Step("read", "missing", (Ref(0),)), "AttributeError"),
    (Step("write", "missing", (Ref(0), 1.0)), "AttributeError"),
    (Step("ask", "is_a", (Ref(0), "Tensor")), "NameError"),
]


@pytest.mark.parametrize(("step", "error"), STEPS, ids=str)
def test_a_step_that_an_engine_cannot_take_is_observed(step: Step, error: str) -> None:
    observation = execute(Program((MADE, step), (Observed("", 1),)), Implementation(NAMES))

    assert (observation.ended, observation.answers, observation.step) == ("raised", {}, 1)
    assert observation.fault is not None
    assert observation.fault.type == error


def observed_fault(source: str, known: dict[str, str]) -> Fault | None:
    """What is observed of a submission of `source` in the file value.py on a disk."""
    namespace: dict[str, Any] = {"fail": lambda _: 1 / 0}
    exec(compile(source, "/disk/value.py", "exec"), namespace)
    implementation = Implementation({"Value": namespace["Value"]}, student_file=known.get)
    return execute(READ_THEN_CALL, implementation).fault


def test_the_place_of_a_fault_is_the_innermost_line_of_the_student_s() -> None:
    fault = observed_fault(SOURCE, {"/disk/value.py": "value.py"})

    place = Place("value.py", 10, "helper")
    assert fault == Fault("ZeroDivisionError", "division by zero", place)


def test_a_fault_outside_the_student_s_files_has_no_place() -> None:
    fault = observed_fault(SOURCE, {"/disk/other.py": "other.py"})

    assert fault == Fault("ZeroDivisionError", "division by zero", None)


def test_a_fault_of_an_exception_never_raised_has_no_place() -> None:
    assert fault_of(ValueError("x"), None, lambda _: "value.py") == Fault("ValueError", "x", None)


def test_a_constructor_gets_what_it_wants_besides_the_number() -> None:
    class Value:
        def __init__(self, data: float, label: str, *, op: str) -> None:
            self.data = (data, label, op)

    keywords = {"Value": {"label": "a", "op": "+"}}
    program = Program((MADE, Step("read", "data", (Ref(0),))), (Observed("", 1),))

    observation = execute(program, Implementation({"Value": Value}, keywords=keywords))

    assert observation == Observation("answered", {1: Answer("other", "a tuple of 3")})


class Number:
    """An engine that calls no function of the language."""

    def __init__(self, data: float) -> None:
        self.data = data

    def __neg__(self) -> "Number":
        return Number(-self.data)

    def __abs__(self) -> "Number":
        return Number(-self.data if self.data < 0 else self.data)

    def __add__(self, other: float) -> "Number":
        return Number(self.data + other)


ARITHMETIC = Program(
    (
        MADE,
        Step("operate", "neg", (Ref(0),)),
        Step("operate", "abs", (Ref(1),)),
        Step("operate", "add", (Ref(2), 1.0)),
        Step("read", "data", (Ref(3),)),
        Step("write", "data", (Ref(0), 5.0)),
        Step("read", "data", (Ref(0),)),
    ),
    (Observed("", 4), Observed("", 6)),
)
REPLACED = [
    *((builtins, name) for name in ("abs", "getattr", "setattr", "len", "isinstance")),
    *((operator, name) for name in ("neg", "abs", "add")),
]


@pytest.mark.parametrize(
    ("module", "name"), REPLACED, ids=[f"{module.__name__}.{name}" for module, name in REPLACED]
)
def test_replacing_the_language_s_own_functions_changes_no_answer(
    module: ModuleType, name: str
) -> None:
    names = vars(module)
    before = names[name]
    names[name] = lambda *_: 42.0
    try:
        observation = execute(ARITHMETIC, Implementation({"Value": Number}))
    finally:
        names[name] = before

    answers = {4: Answer(NUMBER, 3.0), 6: Answer(NUMBER, 5.0)}
    assert observation == Observation("answered", answers)


def test_rows_become_lists_of_the_submission_s_own_and_axes_stay_tuples() -> None:
    given: list[object] = []
    names = {
        "Tensor": lambda data, *, axis, requires_grad: given.extend((data, axis, requires_grad))
    }
    rows = Rows((Rows((1.0, 2)), Rows(())))
    operands = (rows, Keyword("axis", (0, -1)), Keyword("requires_grad", True))

    execute(Program((Step("make", "Tensor", operands),), ()), Implementation(names))

    assert given == [[[1.0, 2], []], (0, -1), True]


def test_what_a_check_names_comes_before_what_a_constructor_wants() -> None:
    wanted = {"Tensor": {"requires_grad": True, "label": ""}}
    names = {"Tensor": lambda data, requires_grad, label: float(requires_grad)}
    step = Step("make", "Tensor", (2.0, Keyword("requires_grad", False)))

    observation = execute(
        Program((step,), (Observed("", 0),)), Implementation(names, keywords=wanted)
    )

    assert observation.answers == {0: Answer(NUMBER, 0.0)}


def test_a_name_that_is_not_there_is_said_as_python_says_it() -> None:
    observation = execute(Program((Step("make", "Mul", ()),), ()), Implementation({}))

    assert observation.fault == Fault("NameError", "name 'Mul' is not defined")
