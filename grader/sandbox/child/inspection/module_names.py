"""Names what the modules of a student define: `import value` binds no class.

Only what the names lead to is looked through: modules, and those that functions and classes are of.
"""

import sys
from collections.abc import Iterator
from types import FunctionType, ModuleType
from typing import Any

from grader.engines.interpreter.execute import Locate
from grader.sandbox.child.inspection.provenance import contents_of, is_class, is_module, module_of

MOST_NAMES = 500
MOST_MODULES = 64


def add_names_of_modules(names: dict[str, Any], student_file: Locate) -> None:
    """Add the classes and functions of the student's modules whose names are not taken.

    Args:
        names: of the script or the notebook.
        student_file: a file name → the name the student knows it by, None for others.
    """
    for module in _own_modules(names, student_file):
        for name, value in tuple(contents_of(module).items())[:MOST_NAMES]:
            if type(name) is str and (type(value) is FunctionType or is_class(value)):
                names.setdefault(name, value)


def _own_modules(names: dict[str, Any], student_file: Locate) -> list[ModuleType]:
    """Return the student's modules that some names lead to, nearest first."""
    found: list[ModuleType] = []
    seen: set[int] = set()
    waiting = list(_modules_of(names))
    for module in waiting:
        if id(module) in seen or len(found) == MOST_MODULES:
            continue
        seen.add(id(module))
        contents: Any = contents_of(module)
        file = contents.get("__file__")
        if contents is not names and type(file) is str and student_file(file) is not None:
            found.append(module)
            waiting += _modules_of(contents)
        elif type(file) is not str:  # a package without a file of its own has others below it
            waiting += (held for held in tuple(contents.values())[:MOST_NAMES] if is_module(held))
    return found


def _modules_of(names: dict[str, Any]) -> Iterator[ModuleType]:
    """Yield the modules among some values, and those that they come from."""
    for value in tuple(names.values())[:MOST_NAMES]:
        held: object = value
        if type(value) is FunctionType:
            held = sys.modules.get(str(value.__globals__.get("__name__")))
        elif is_class(value):
            held = sys.modules.get(str(module_of(value))) if type(module_of(value)) is str else None
        if is_module(held):
            yield held
