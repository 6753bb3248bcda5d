"""Follows what a class or a function uses, and finds the first thing of a forbidden package.

It goes through methods, the globals, closures and defaults of functions that the student wrote, and
what the objects of a class hold; it calls nothing of theirs, and stops after so many things.
"""

import gc
import sys
from collections import deque
from collections.abc import Iterator
from functools import cached_property, partial, partialmethod
from types import (
    BuiltinFunctionType,
    CellType,
    CodeType,
    FunctionType,
    MappingProxyType,
    MethodDescriptorType,
    MethodType,
    MethodWrapperType,
)
from typing import Any, NamedTuple

from grader.engines.interpreter.plain import name_of
from grader.engines.observation import BorrowedPackage, Place
from grader.engines.text import clean
from grader.sandbox.child.inspection.bytecode import LoadedName, loads, with_nested
from grader.sandbox.child.inspection.provenance import (
    ForbiddenPackages,
    bases_of,
    contents_of,
    is_class,
    module_of,
)

MOST = 3000  # things that one class uses
MOST_HELD = 20  # things that the objects of one Program hold
MOST_HELD_IN_ALL = 80  # in all Programs of one message: half a millisecond

_get, _type, _id = dict.get, type, id
_referents, _loaded = gc.get_referents, sys.modules
# By identity: a metaclass of the student's may say how its classes are compared.
_ATOMS = {_id(kind) for kind in (str, int, float, bool, bytes, complex, _type(None))}
_HOLDERS = {
    _id(kind)
    for kind in (
        *(list, tuple, dict, set, frozenset, deque, CellType, MethodType, MappingProxyType),
        *(property, staticmethod, classmethod, cached_property, partial, partialmethod),
        *(BuiltinFunctionType, MethodDescriptorType, MethodWrapperType),
    )
}


class _UsedThing(NamedTuple):
    """Something that is used: the line that uses it, and the package that it imports, if any."""

    value: Any
    place: Place | None = None
    package: str = ""


class Dependencies:
    """The things that are used by the classes and functions that a check takes."""

    def __init__(self, packages: ForbiddenPackages) -> None:
        self._packages = packages
        self._seen: dict[int, Any] = {}  # kept, so that no other object gets the same id
        self._left = 0
        self._left_held = MOST_HELD_IN_ALL
        self._own: dict[int, tuple[type, bool]] = {}

    def of(self, name: str, value: object) -> BorrowedPackage | None:
        """Return the first thing of a forbidden package that `value` is, or uses.

        Args:
            name: what the submission calls it.
            value: a class or a function.
        """
        self._left = MOST
        borrowed = self._search(value)
        return BorrowedPackage(name, *borrowed[:2]) if borrowed else None

    def held(self, results: list[Any]) -> BorrowedPackage | None:
        """Return the first thing of a forbidden package that objects hold, or are."""
        self._left = most = min(MOST_HELD, self._left_held)
        for one in results:
            if self._left <= 0:
                break
            borrowed = self._search(one)
            if borrowed:
                package, _, kind = borrowed
                whose = "" if self._packages.of(one) else clean(name_of(_type(one)))
                return BorrowedPackage(whose, package, held_class=kind)
        self._left_held -= most - self._left
        return None

    def _search(self, first: object) -> tuple[str, Place | None, str] | None:
        """Return package, place and class of the first thing found."""
        waiting = deque([_UsedThing(first)])
        while waiting and self._left > 0:
            thing = waiting.popleft()
            value, kind = thing.value, _type(thing.value)
            if _id(kind) in _ATOMS or _id(value) in self._seen:
                continue
            self._left -= 1
            self._seen[_id(value)] = value
            package = thing.package or self._packages.of(value)
            if package:
                return package, thing.place, clean(name_of(kind))
            waiting.extend(self._used_by(thing))
        return None

    def _used_by(self, thing: _UsedThing) -> Iterator[_UsedThing]:
        value, kind = thing.value, _type(thing.value)
        if kind is FunctionType:
            yield from self._used_by_function(value)
        elif is_class(value):
            if self._is_own(value):
                held = (*contents_of(value).values(), *bases_of(value)[1:], kind)
                yield from map(_UsedThing, held)
        elif _id(kind) in _HOLDERS or self._is_own(kind):
            for held in _referents(value)[:MOST]:
                yield _UsedThing(held, thing.place)

    def _used_by_function(self, function: FunctionType) -> Iterator[_UsedThing]:
        yield from map(_UsedThing, tuple(function.__dict__.values()))
        code = function.__code__
        file = self._packages.student_file(code.co_filename)
        if file is None and not code.co_filename.startswith("<"):
            return
        first = _place(file, code, code.co_firstlineno)
        for held in (function.__closure__, function.__defaults__, function.__kwdefaults__):
            yield _UsedThing(held, first)
        if _id(code) in self._seen:
            return
        for inner in with_nested(code):
            self._seen[_id(inner)] = inner
            yield from self._used_by_code(inner, function.__globals__, file)

    def _used_by_code(
        self, code: CodeType, names: dict[str, Any], file: str | None
    ) -> Iterator[_UsedThing]:
        if not any(self._is_of_interest(name, names) for name in code.co_names):
            return
        for load in loads(code):
            place = _place(file, code, load.line)
            if load.imported:
                package = self._packages.package(load.name)
                yield _UsedThing(load if package else None, place, package)
            else:
                yield from (_UsedThing(value, place) for value in self._values_of(load, names))

    def _is_of_interest(self, name: str, names: dict[str, Any]) -> bool:
        """Return whether there is a global of that name to look at, or a module to import."""
        held = _get(names, name)
        known = _id(_type(held)) in _ATOMS or _id(held) in self._seen
        return not known or self._packages.package(name) != ""

    def _values_of(self, load: LoadedName, names: dict[str, Any]) -> Iterator[Any]:
        held = _get(names, load.name)
        yield held
        if load.attribute and self._packages.is_own_module(held):
            yield contents_of(held).get(load.attribute)

    def _is_own(self, kind: type) -> bool:
        if _id(kind) not in self._own:
            self._own[_id(kind)] = kind, self._is_written_here(kind)
        return self._own[_id(kind)][1]

    def _is_written_here(self, kind: type) -> bool:
        """Return whether a class is one of the student's, by its module or by its methods."""
        module = module_of(kind)
        name = module if type(module) is str else ""  # what it says may be anything
        if name == "__main__" or self._packages.is_own_module(_loaded.get(name)):
            return True
        functions = (held for held in contents_of(kind).values() if _type(held) is FunctionType)
        one = next(functions, None)
        return one is not None and self._packages.student_file(one.__code__.co_filename) is not None


def _place(file: str | None, code: CodeType, line: int) -> Place | None:
    return Place(file, line, clean(code.co_name)) if file else None
