"""Finds a function of one node, relu say, under a name near the usual one, wherever it is kept.

Runs in the student's process: a method, a static method, a function of the module, of a class or
of a module that the student wrote, or a class whose objects are such functions or such nodes.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from types import FunctionType, ModuleType, SimpleNamespace
from typing import Any, NamedTuple

from grader.engines.interpreter.engine_state import are_kin
from grader.engines.interpreter.forms.member_names import is_near
from grader.engines.interpreter.forms.members import (
    class_names,
    contents,
    method_names,
)

MOST_HOLDERS = 200

_type, _getattr, _issubclass = type, getattr, issubclass


class NamedFunction(NamedTuple):
    """A function of a node: the code that calls it, with {} for the node, and the call."""

    how: str
    call: Callable[..., Any]


def find_function(node: object, name: str, namespace: Mapping[str, Any]) -> NamedFunction | None:
    """Return what stands in the place of a method of `node`, None where nothing does.

    Args:
        node: any node of the engine.
        name: the usual one.
        namespace: all that the submission defines.
    """
    return next(_methods(node, name), None) or next(_others(node, name, namespace), None)


def _methods(node: object, name: str) -> Iterator[NamedFunction]:
    kind = _type(node)
    for own in method_names(kind):
        held = contents(kind, own)
        if not is_near(own, name):
            continue
        if _type(held) is FunctionType:
            if own != name:
                yield NamedFunction("{}." + own, partial(_call_method, node, own))
        else:
            shown = f"{kind.__name__}.{own}({{}})"
            yield NamedFunction(shown, partial(_getattr(node, own), node))


def _others(node: object, name: str, namespace: Mapping[str, Any]) -> Iterator[NamedFunction]:
    held = [
        (own, value)
        for own, value in tuple(namespace.items())
        if _type(own) is str and own.isidentifier()
    ][: 10 * MOST_HOLDERS]
    near = [(own, value) for own, value in held if is_near(own, name)]
    for own, value in near:
        if _type(value) is FunctionType:
            yield NamedFunction(own + "({})", partial(value, node))
    for own, value in near:
        if _issubclass(_type(value), type):
            yield from _of_class(own, value, node)
    for holder, value in islice(held, MOST_HOLDERS):
        yield from _held_by(holder, value, node, name)


def _of_class(own: str, value: Any, node: object) -> Iterator[NamedFunction]:
    """Yield what a class of that name gives: a node itself, or an object that is called."""
    if are_kin(value, _type(node)):
        yield NamedFunction(own + "({})", partial(value, node))
    elif contents(value, "apply") is not None:
        yield NamedFunction(own + ".apply({})", partial(_getattr(value, "apply"), node))
    elif contents(value, "__call__") is not None:
        yield NamedFunction(own + "()({})", lambda *more: value()(node, *more))
    elif _type(contents(value, "forward")) is staticmethod:
        yield NamedFunction(own + ".forward({})", partial(_getattr(value, "forward"), node))
    elif contents(value, "forward") is not None:
        yield NamedFunction(own + "().forward({})", lambda *more: value().forward(node, *more))


def _held_by(holder: str, value: Any, node: object, name: str) -> Iterator[NamedFunction]:
    """Yield functions that a class, a module or a namespace keeps."""
    kind = _type(value)
    if _issubclass(kind, type):
        names = [
            own
            for own in class_names(value)
            if _type(contents(value, own)) in (staticmethod, classmethod)
            or (_type(contents(value, own)) is FunctionType and not are_kin(value, _type(node)))
        ]
    elif kind in (SimpleNamespace, ModuleType):
        names = [own for own, held in tuple(vars(value).items()) if _type(held) is FunctionType]
    else:
        return
    for own in names:
        if type(own) is str and own.isidentifier() and is_near(own, name):
            yield NamedFunction(f"{holder}.{own}({{}})", partial(_getattr(value, own), node))


def _call_method(node: object, name: str, *more: object) -> Any:
    return _getattr(node, name)(*more)
