"""Says of any object which package it comes from, without running any code of the student's."""

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any, TypeGuard

_bases_of = type.__dict__["__mro__"].__get__
_contents_of = type.__dict__["__dict__"].__get__
_module_of: Any = type.__dict__["__module__"].__get__
_contents_of_module: Any = vars(ModuleType)["__dict__"].__get__
_get = dict.get
_type, _id, _issubclass, _str = type, id, issubclass, str


class ForbiddenPackages:
    """The forbidden packages, as far as they are not the student's own under such a name.

    Attributes:
        student_file: a file name → the name the student knows it by, None for others.
        loaded: their modules that are loaded, by name.
    """

    def __init__(
        self, forbids: Iterable[str], folder: str, student_file: Callable[[str], str | None]
    ) -> None:
        """Note which of them are loaded.

        Args:
            forbids: top-level names.
            folder: the submission's; a `micrograd` in it has been written by the student.
            student_file: a file name → the name the student knows it by, None for others.
        """
        self.student_file = student_file
        self._forbids = frozenset(forbids)
        self._folder = folder
        self._own: dict[str, bool] = {}
        self._classes: dict[int, tuple[object, str]] = {}  # kept, so that an id stays theirs
        every = tuple(sys.modules.items()) if self._forbids else ()
        self.loaded = {name: module for name, module in every if self.package(name)}
        self._modules = {_id(held): self.package(name) for name, held in self.loaded.items()}

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._forbids)

    def of(self, value: object) -> str:
        """Return the forbidden package that `value`, or its class, comes from; "" for none."""
        kind = _type(value)
        if is_module(value):
            named = self.package(contents_of(value).get("__name__"))
            return named or self._modules.get(_id(value), "")
        if kind is FunctionType:
            return self._of_function(value)  # type: ignore[arg-type]
        if kind is BuiltinFunctionType:
            return self.package(value.__module__)
        return self._of_class(value if is_class(value) else kind)

    def package(self, module: object) -> str:
        """Return the forbidden package that a module of this name is in, "" for none."""
        top = _top(module)
        if top not in self._forbids:
            return ""
        for name in (top, module):  # one of theirs may stand in for the package around it
            if name not in self._own:
                self._own[name] = self._is_own(name)  # type: ignore[index, arg-type]
        return "" if self._own[top] and self._own[module] else top  # type: ignore[index]

    def is_own_module(self, value: object) -> bool:
        """Return whether `value` is a module that the student wrote."""
        if not is_module(value):
            return False
        file = _file_of(value)
        return file != "" and self.student_file(file) is not None

    def _of_class(self, kind: object) -> str:
        if _id(kind) not in self._classes:
            found = (self._of_one_class(base) for base in _bases_of(kind))
            self._classes[_id(kind)] = kind, next(filter(None, found), "")
        return self._classes[_id(kind)][1]

    def _of_one_class(self, kind: object) -> str:
        """Return the package of a class: where its module is the student's, by its methods."""
        module = module_of(kind)
        if not self._is_forbidden_name(module):
            return ""
        functions = (one for one in contents_of(kind).values() if _type(one) is FunctionType)
        return self.package(module) or next(filter(None, map(self._of_function, functions)), "")

    def _of_function(self, function: FunctionType) -> str:
        """Return the package of a function: where its module is the student's, by its code."""
        module = _get(function.__globals__, "__name__")
        package = self.package(module)
        if package or not self._is_forbidden_name(module):
            return package
        file = function.__code__.co_filename
        generated = file.startswith("<")
        return "" if generated or self.student_file(file) is not None else _top(module)

    def _lies_inside(self, module: ModuleType) -> bool:
        """Return whether a package without a file of its own lies in the submission's folder."""
        places = _path_of(module)
        files = [os.path.join(place, "a.py") for place in places if isinstance(place, str)]
        inside = [file for file in files if self.student_file(file) is not None]
        return bool(places) and len(inside) == len(places)

    def _is_forbidden_name(self, module: object) -> bool:
        return _type(module) is _str and _top(module) in self._forbids

    def _is_own(self, name: str) -> bool:
        path = os.path.join(self._folder, *name.split("."))
        loaded = sys.modules.get(name)
        if is_module(loaded):
            if _holds_numbers(_type(loaded)):
                return True
            file = _file_of(loaded)  # none where a folder has no __init__.py
            if file:
                return self.student_file(file) is not None
            return os.path.isdir(path) or self._lies_inside(loaded)
        return os.path.exists(path + ".py") or os.path.exists(os.path.join(path, "__init__.py"))


def _holds_numbers(kind: type) -> bool:
    """Return whether modules of this kind stand in for a package, and hold numbers alone."""
    return contents_of(kind).get("holds_numbers") is True


def _path_of(module: ModuleType) -> list[object]:
    path = contents_of(module).get("__path__")
    return path if type(path) is list else []


def _top(module: object) -> str:
    return module.partition(".")[0] if _type(module) is _str else ""  # type: ignore[attr-defined]


def is_class(value: object) -> TypeGuard[type]:
    """Return whether `value` is a class, whatever it says of itself."""
    return _issubclass(_type(value), _type)


def is_module(value: object) -> TypeGuard[ModuleType]:
    """Return whether `value` is a module, whatever it says of itself."""
    return _issubclass(_type(value), ModuleType)


def _file_of(module: ModuleType) -> str:
    file = contents_of(module).get("__file__")
    return file if type(file) is str else ""


def module_of(kind: object) -> object:
    """Return the name of the module that a class says it comes from, None where it says none."""
    try:
        return _module_of(kind)
    except AttributeError:  # it has been deleted
        return None


def contents_of(value: object) -> Mapping[str, Any]:
    """Return the attributes of a class or a module."""
    held: Mapping[str, Any] = _contents_of(value) if is_class(value) else _contents_of_module(value)
    return held


def bases_of(kind: object) -> tuple[type, ...]:
    """Return a class and all that it inherits from."""
    bases: tuple[type, ...] = _bases_of(kind)
    return bases
