"""Names what the modules of a student define: `import value` binds no class."""

import sys
from collections.abc import Iterator
from types import FunctionType, ModuleType
from typing import Any

from grader.engines.interpreter.execute import Locate

MOST_NAMES = 500

_contents_of: Any = vars(ModuleType)["__dict__"].__get__


def add_names_of_modules(names: dict[str, Any], student_file: Locate) -> None:
    """Add the classes and functions of the student's modules whose names are not taken.

    Args:
        names: of the script or the notebook.
        student_file: a file name → the name the student knows it by, None for others.
    """
    for module in tuple(sys.modules.values()):
        if not issubclass(type(module), ModuleType):
            continue
        contents = _contents_of(module)
        file = contents.get("__file__")
        if contents is not names and type(file) is str and student_file(file) is not None:
            for name, value in list(_defined(contents))[:MOST_NAMES]:
                names.setdefault(name, value)


def _defined(contents: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield what a module defines itself, without asking any of it."""
    for name, value in tuple(contents.items()):
        kind = type(value)
        if type(name) is str and (kind is FunctionType or issubclass(kind, type)):
            yield name, value
