"""What a submission defines, read off its classes without running any of its code.

A metaclass, a property or a module can run code when a class is looked at; what `type` itself
keeps of a class cannot.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from types import FunctionType, ModuleType
from typing import Any, TypeGuard

from grader.engines.interpreter.execute import Locate
from grader.engines.interpreter.forms.members import contents

MOST_CLASSES = 200
ARITHMETIC = ("__add__", "__mul__")
EXTRAS: Mapping[str, object] = {
    "label": "",
    "name": "",
    "_label": "",
    "_children": (),
    "children": (),
    "_prev": (),
    "prev": (),
    "parents": (),
    "_op": "",
    "op": "",
    "grad": 0.0,
    "requires_grad": True,
}

_bases_of = type.__dict__["__mro__"].__get__
_contents_of = type.__dict__["__dict__"].__get__
_name_of = type.__dict__["__name__"].__get__
_contents_of_module: Any = vars(ModuleType)["__dict__"].__get__
_set = type.__setattr__


def classes(names: Mapping[str, Any], student_file: Locate) -> list[dict[str, Any]]:
    """Return the facts of each class among `names` that the student wrote."""
    facts_of: dict[int, dict[str, Any]] = {}
    for name, value in tuple(names.items()):
        if type(name) is str and name.isidentifier() and _is_own(value, student_file):
            facts = {
                "name": name,
                "backward": contents(value, "backward") is not None,
                "arithmetic": any(contents(value, method) is not None for method in ARITHMETIC),
                "bases": [_name_of(base) for base in _bases_of(value)[1:-1]],
            }
            if id(value) not in facts_of or _name_of(value) == name:
                facts_of[id(value)] = facts
    return list(facts_of.values())[:MOST_CLASSES]


def accept(kind: type, accepts: Mapping[str, Sequence[str]]) -> None:
    """Give a class the methods that Python looks for, where it has them under another name."""
    for wanted, others in accepts.items():
        for other in others:
            method = contents(kind, other)
            if method is not None and contents(kind, wanted) is None:
                _set(kind, wanted, method)


def keywords(kind: type) -> dict[str, object]:
    """Return the arguments of a constructor beyond the number, as far as their names tell."""
    function = contents(kind, "__init__")
    if type(function) is not FunctionType:
        return {}
    code = function.__code__
    required = code.co_varnames[2 : code.co_argcount - len(function.__defaults__ or ())]
    only = code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]
    required += tuple(name for name in only if name not in (function.__kwdefaults__ or {}))
    return {name: EXTRAS[name] for name in required if name in EXTRAS}


def is_class(value: object) -> TypeGuard[type]:
    """Return whether `value` is a class, whatever it says of itself."""
    return issubclass(type(value), type)


def _is_own(value: object, student_file: Locate) -> bool:
    if not is_class(value):
        return False
    module = _contents_of(value).get("__module__")
    if type(module) is not str:
        return False
    return module == "__main__" or any(map(student_file, _files(sys.modules.get(module))))


def _files(module: object) -> Iterator[str]:
    if issubclass(type(module), ModuleType):
        file = _contents_of_module(module).get("__file__")
        if type(file) is str:
            yield file
