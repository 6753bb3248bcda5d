"""Loads `oracle.py`: what an author tells both oracles, for an exercise or for all of a track."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from grader.engines.oracles.definition import Definition
from grader.engines.oracles.textbook import NAMES
from grader.engines.program import ENGINES
from grader.errors import at
from grader.exercises.validation import refuse

FILE = "oracle.py"
EXAMPLE = 'ORACLE = [Definition("softplus", plain=softplus, torch=torch_softplus)]'


def definitions(folder: Path, module: Callable[[Path], ModuleType]) -> tuple[Definition, ...]:
    """Return the definitions of an exercise; its own go before those of its track.

    Args:
        folder: the exercise's.
        module: runs a file of an author's.

    Raises:
        BrokenExercise: a file does not run, or what it defines is of no use.
    """
    found: dict[str, Definition] = {}
    for file in (folder / FILE, folder.parent / FILE):
        for one in _defined_in(file, module) if file.is_file() else ():
            found.setdefault(one.name, one)
    return tuple(found.values())


def _defined_in(file: Path, module: Callable[[Path], ModuleType]) -> tuple[Definition, ...]:
    listed = getattr(module(file), "ORACLE", None)
    if not isinstance(listed, list | tuple) or not all(
        isinstance(one, Definition) for one in listed
    ):
        refuse(at(file, 1), "defines no ORACLE", hint=EXAMPLE)
    for one in listed:
        _refuse_useless(file, one)
    names = [one.name for one in listed]
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        refuse(at(file), f"{twice} is defined twice", hint="take one of them out")
    return tuple(listed)


def _refuse_useless(file: Path, one: Definition) -> None:
    if not isinstance(one.name, str) or not one.name.isidentifier():
        refuse(at(file), f"{one.name!r} is no name", hint=EXAMPLE)
    if one.name in ENGINES:
        refuse(at(file), f"{one.name} is the engine's own name", hint="leave the engine to us")
    if hasattr(NAMES["Value"], one.name):
        hint = "leave it out, or give yours another name"
        refuse(at(file), f"the reference engine has its own {one.name}", hint=hint)
    for field, is_needed in (("plain", True), ("torch", False), ("safe", False)):
        is_missing = getattr(one, field) is None and not is_needed
        if not is_missing and not callable(getattr(one, field)):
            says = f"{field} of {one.name} is {getattr(one, field)!r}, which cannot be called"
            refuse(at(file), says, hint=EXAMPLE)
