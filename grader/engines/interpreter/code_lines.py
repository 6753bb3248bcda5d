"""Finds the lines of the submission that made a node, or send its gradient on.

Runs in the student's process. It gives names and numbers; the grader finds the lines itself.
"""

from collections.abc import Callable, Iterator
from types import CodeType, FunctionType, MethodType
from typing import Any

from grader.engines.observation import LINES, NOTHING, Answer, Lines
from grader.engines.text import clean

RULES = ("_backward", "backward_fn", "_backward_fn", "_grad_fn", "grad_fn", "_rule")
MOST_WRAPPED = 10

_mro_of, _contents_of = (type.__dict__[name].__get__ for name in ("__mro__", "__dict__"))
_code_of, _function_of = FunctionType.__code__.__get__, MethodType.__func__.__get__  # type: ignore[attr-defined]


def part_lines(
    student_file: Callable[[str], str | None], node: object, part: str, method: str
) -> Answer:
    """Return the lines of one part of the engine that `node` comes from.

    Args:
        student_file: a code object's file name → the name the student knows it by.
        node: any.
        part: "rule" for what is attached to it and sends its gradient on, where that is more than
            what every leaf has; else its method.
        method: the name of the method that made it, or that is looked for.

    Returns:
        LINES, or NOTHING where the submission has no such part.
    """
    method_code = _method(type(node), method)
    if part == "rule":
        unattached = _functions_within(_method(type(node), "__init__"))
        rules = (rule for rule in _rules(student_file, node) if rule not in unattached)
        rule = next(rules, None)
        return _lines(student_file, rule or method_code)
    return _lines(student_file, method_code)


def _rules(student_file: Callable[[str], str | None], node: object) -> Iterator[CodeType]:
    own = getattr(node, "__dict__", {})
    for name in (*RULES, *own):
        code = _code(getattr(node, name, None))
        if code is not None and student_file(code.co_filename) is not None:
            yield code


def _method(kind: type, name: str) -> CodeType | None:
    for base in _mro_of(kind):
        if name in _contents_of(base):
            return _code(_contents_of(base)[name])
    return None


def _functions_within(code: CodeType | None) -> list[CodeType]:
    """Return the functions that are made inside one, `lambda: None` for leaves say."""
    constants = () if code is None else code.co_consts
    return [constant for constant in constants if type(constant) is CodeType]


def _code(function: Any) -> CodeType | None:
    """Return the code of a function, of a method, or of what a `partial` or a wrapper holds."""
    for _ in range(MOST_WRAPPED):
        if type(function) is MethodType:
            function = _function_of(function)
        if type(function) is FunctionType:
            inner = getattr(function, "__wrapped__", None)
            if inner is None:
                return _code_of(function)  # type: ignore[no-any-return]
            function = inner
        else:
            function = getattr(function, "func", None)
    return None


def _lines(student_file: Callable[[str], str | None], code: CodeType | None) -> Answer:
    file = student_file(code.co_filename) if code is not None else None
    if code is None or file is None:
        return Answer(NOTHING, None)
    last = max((line for line in _numbers(code)), default=code.co_firstlineno)
    return Answer(LINES, Lines(file, clean(code.co_name), code.co_firstlineno, last))


def _numbers(code: CodeType) -> Iterator[int]:
    yield from (line for _, _, line in code.co_lines() if line is not None)
    for constant in code.co_consts:
        if type(constant) is CodeType:
            yield from _numbers(constant)
