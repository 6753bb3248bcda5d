"""Runs a Program against any implementation and returns the Observation.

The oracles run it in the grader's process, the submission in its own; only the standard library.
Operators are bound here, before any student code runs, so that a patched `operator` or `abs`
changes nothing.
"""

import operator
import sys
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, NamedTuple, TypeAlias

from grader.engines.interpreter.drawn_graphs import PICTURES, drawn
from grader.engines.interpreter.object_queries import World, as_it_is, ask
from grader.engines.interpreter.plain import name_of, plain
from grader.engines.observation import Answer, Fault, Observation, Place
from grader.engines.program import Keyword, Operand, Program, Ref, Rows, Step
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
}
_getattr, _setattr = getattr, setattr


class OutOfTime(BaseException):
    """The deadline passed while student code ran."""


class TooMuchOutput(BaseException):
    """The submission printed past the limit."""


class Implementation(NamedTuple):
    """What can be asked a Program.

    Attributes:
        names: what a check takes by name → the class or function.
        namespace: everything the submission defines, where its functions are looked for.
        keywords: a name of `names` → what its constructor wants besides, a label say.
        student_file: a code object's file name → the name the student knows it by, or None where
            it is not the student's code.
        printed: how many characters have been printed so far.
        field: the name under which an object keeps what a check calls `data` or `grad`.
        made: is handed what the steps of a Program gave, once it has run.
    """

    names: Mapping[str, Any]
    namespace: Mapping[str, Any] = {}
    keywords: Mapping[str, Mapping[str, object]] = {}
    student_file: Locate = lambda _: None
    printed: Callable[[], int] = lambda: 0
    field: Callable[[object, str], str] = as_it_is
    made: Callable[[list[Any]], None] = lambda _: None


def execute(program: Program, implementation: Implementation) -> Observation:
    """Run `program`, and return what was observed until its end or its first failing step.

    Nothing that student code raises leaves this function.
    """
    world = World(
        implementation.names,
        implementation.namespace,
        implementation.printed,
        implementation.field,
        implementation.student_file,
    )
    observation = _run(program, world, implementation)._replace(members=world.members)
    implementation.made(world.results)
    return observation


def _run(program: Program, world: World, implementation: Implementation) -> Observation:
    observed = {seen.at for seen in program.observed}
    answers: dict[int, Answer] = {}
    index = 0
    try:
        for index, step in enumerate(program.steps):
            result = _do(step, world, implementation.keywords)
            world.keep(index, result)
            if index in observed:
                answers[index] = result if type(result) is Answer else plain(result)
    except OutOfTime:
        return Observation("timed out", answers, index, _fault(implementation))
    except TooMuchOutput:
        return Observation("flooded", answers, index, _fault(implementation))
    except BaseException:  # a submission may raise anything, SystemExit included
        return Observation("raised", answers, index, _fault(implementation))
    return Observation("answered", answers)


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


def _do(step: Step, world: World, keywords: Mapping[str, Mapping[str, object]]) -> Any:
    kind, name, operands = step
    given: list[Any] = []
    named: dict[str, Any] = {}
    for operand in operands:
        if type(operand) is Keyword:
            named[operand.name] = _value(operand.value, world)
        else:
            given.append(_value(operand, world))
    if kind == "make":
        return world.taken(name)(*given, **{**keywords.get(name, {}), **named})
    if kind == "operate":
        return _OPERATORS[name](*given)
    if kind == "read":
        return _getattr(given[0], world.field(given[0], name))
    if kind == "call":
        return world.method(given[0], name)(*given[1:], **named)
    if kind == "write":
        return _setattr(given[0], world.field(given[0], name), given[1])
    return drawn(world, name, given[0]) if name in PICTURES else ask(world, name, tuple(given))


def _value(operand: Operand, world: World) -> Any:
    """Return what an operand stands for; rows become lists of the submission's own."""
    if type(operand) is Ref:
        return world.results[operand.at]
    return [_value(item, world) for item in operand.items] if type(operand) is Rows else operand
