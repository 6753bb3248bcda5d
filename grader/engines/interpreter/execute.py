"""Runs a Program against any implementation and returns the Observation.

The oracles run it in the grader's process, the submission in its own; only the standard library.
Operators are bound here, before any student code runs, so that a patched `operator` or `abs`
changes nothing.
"""

import operator
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from types import TracebackType
from typing import Any, NamedTuple, TypeAlias

from grader.engines.interpreter.drawn_graphs import PICTURES, drawn_graph
from grader.engines.interpreter.engine_state import EngineState, UnusualForm
from grader.engines.interpreter.object_queries import ask
from grader.engines.interpreter.plain import name_of, plain
from grader.engines.observation import Answer, Fault, Observation, Place
from grader.engines.program import (
    ArrayData,
    Items,
    Keyword,
    NumpyArray,
    Operand,
    Program,
    Ref,
    Step,
)
from grader.engines.text import LONGEST_TEXT, clean, visible

Locate: TypeAlias = Callable[[str], str | None]

_OPERATORS: Mapping[str, Callable[..., Any]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "truediv": operator.truediv,
    "pow": operator.pow,
    "neg": operator.neg,
    "abs": operator.abs,
    "getitem": operator.getitem,
}
_id, _import = id, import_module


class OutOfTime(BaseException):
    """The deadline passed while student code ran."""


class TooMuchOutput(BaseException):
    """The submission printed past the limit."""


class Implementation(NamedTuple):
    """An engine that can be asked a Program.

    Attributes:
        names: what a check takes by name → the class or function.
        namespace: everything the submission defines, where its functions are looked for.
        keywords: a name of `names` → the arguments that its constructor wants besides, a label say.
        student_file: a code object's file name → the name the student knows it by, or None where
            it is not the student's code.
        output_size: how many characters have been printed so far.
        form: how the engine has what checks ask for, where that is otherwise than usual.
        on_results: is called with the results of a Program's steps, once it has run.
        caught: what it raises that is observed; anything else, Ctrl-C in the grader's own process,
            leaves `execute`.
    """

    names: Mapping[str, Any]
    namespace: Mapping[str, Any] = {}
    keywords: Mapping[str, Mapping[str, object]] = {}
    student_file: Locate = lambda _: None
    output_size: Callable[[], int] = lambda: 0
    form: UnusualForm | None = None
    on_results: Callable[[list[Any]], None] = lambda _: None
    caught: tuple[type[BaseException], ...] = (BaseException,)


OURS = (Exception, SystemExit)  # what an engine is caught at that runs in the grader's own process


def execute(program: Program, implementation: Implementation) -> Observation:
    """Run `program`, and return what was observed until its end or its first failing step.

    Nothing that student code raises leaves this function, whatever it is.
    """
    state = EngineState(
        implementation.names,
        implementation.namespace,
        implementation.output_size,
        implementation.form,
        implementation.student_file,
    )
    observation = _run(program, state, implementation)._replace(members=state.members)
    implementation.on_results(state.results)
    return observation


def _run(program: Program, state: EngineState, implementation: Implementation) -> Observation:
    observed = {look.at for look in program.observed}
    answers: dict[int, Answer] = {}
    index = 0
    try:
        for index, step in enumerate(program.steps):
            result = _do(step, state, implementation.keywords)
            state.keep(index, result)
            if step.kind == "call":
                state.called.add(_id(result))
            if index in observed:
                answers[index] = _answer(step, result, state)
    except OutOfTime:
        return Observation("timed out", answers, index, _fault(implementation))
    except TooMuchOutput:
        return Observation("flooded", answers, index, _fault(implementation))
    except implementation.caught:
        return Observation("raised", answers, index, _fault(implementation))
    return Observation("answered", answers)


def _answer(step: Step, result: Any, state: EngineState) -> Answer:
    if type(result) is Answer:
        return result
    return state.answer(step.name, result) if step.kind == "read" else plain(result)


def fault_of(error: BaseException, traceback: TracebackType | None, student_file: Locate) -> Fault:
    """Describe an exception by its class, its message and the student's innermost line."""
    try:
        message = visible(str(error), LONGEST_TEXT)
    except BaseException:  # `__str__` is the student's too
        message = "(its message cannot be printed)"
    return Fault(name_of(type(error)), message, _place(traceback, student_file))


def _fault(implementation: Implementation) -> Fault:
    _, error, traceback = sys.exc_info()
    assert error is not None
    return fault_of(error, traceback, implementation.student_file)


def _place(traceback: TracebackType | None, student_file: Locate) -> Place | None:
    place = None
    while traceback is not None:
        code = traceback.tb_frame.f_code
        file = student_file(code.co_filename)
        if file is not None:
            place = Place(file, traceback.tb_lineno or code.co_firstlineno, clean(code.co_name))
        traceback = traceback.tb_next
    return place


def _do(step: Step, state: EngineState, keywords: Mapping[str, Mapping[str, object]]) -> Any:
    kind, name, operands = step
    positional: list[Any] = []
    by_name: dict[str, Any] = {}
    for operand in operands:
        if type(operand) is Keyword:
            by_name[operand.name] = _value(operand.value, state)
        else:
            positional.append(_value(operand, state))
    if kind == "make":
        return state.make(name, positional, keywords.get(name, {}), by_name)
    if kind == "operate":
        return state.operator(positional[0], name, _OPERATORS[name])(*positional)
    if kind == "read":
        return state.read(positional[0], name)
    if kind == "call":
        return state.method(positional[0], name)(*positional[1:], **by_name)
    if kind == "write":
        return state.write(positional[0], name, positional[1])
    if name in PICTURES:
        return drawn_graph(state, name, positional[0])
    return ask(state, name, tuple(positional))


def _value(operand: Operand, state: EngineState) -> Any:
    """Return the object that an operand stands for; rows become lists of the submission's own."""
    if type(operand) is Ref:
        return state.results[operand.at]
    if type(operand) is NumpyArray:
        return _import("numpy").array(_value(operand.rows, state))
    if type(operand) is ArrayData or type(operand) is Items:
        items = [_value(item, state) for item in operand.items]
        return tuple(items) if type(operand) is Items and operand.kind == "tuple" else items
    return operand
