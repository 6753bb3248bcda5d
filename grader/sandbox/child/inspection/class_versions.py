"""The versions of each class that a submission has defined more than once, or bound away.

Of a name that is no class any more at the end, the class that was there is put back.
"""

from collections.abc import Iterable, Mapping, MutableMapping
from types import FunctionType
from typing import Any, NamedTuple

from grader.engines.interpreter.forms.members import contents
from grader.sandbox.child.inspection.classes import is_class

MOST_VERSIONS = 30
MOST_FACTS = 100
MOST_NAMES = 50

_type = type
_bases_of = type.__dict__["__mro__"].__get__
_contents_of = type.__dict__["__dict__"].__get__
_qualname_of = type.__dict__["__qualname__"].__get__


class MadeClass(NamedTuple):
    """A class that a statement has made: its name, itself, and where the statement begins."""

    name: str
    kind: type
    file: str
    line: int


class ClassVersions:
    """The versions of the classes of a submission that has run, and which of them are bound."""

    def __init__(self, made: Iterable[MadeClass], names: MutableMapping[str, Any]) -> None:
        """Look for them, and put back the classes that are bound away.

        Args:
            made: in their order.
            names: the submission's.
        """
        by_name: dict[str, list[MadeClass]] = {}
        for one in made:
            by_name.setdefault(one.name, []).append(one)
        self._names = names
        self._several: dict[str, list[MadeClass]] = {}
        self._gone: set[str] = set()
        for name, versions in by_name.items():
            self._look_at(name, versions)

    def facts(self) -> list[list[Any]]:
        """Return what the grader is told: of each version its place, and what is defined in it."""
        return [
            [name, name in self._gone, [[one.file, one.line, _facts(one.kind)] for one in versions]]
            for name, versions in tuple(self._several.items())[:MOST_NAMES]
        ]

    def bind(self, chosen: Mapping[str, int]) -> None:
        """Bind the versions that are chosen by number, and the last ones of all other names."""
        for name, versions in self._several.items():
            number = chosen.get(name, -1)
            at = number if _type(number) is int and number < len(versions) else -1
            self._names[name] = versions[at].kind

    def _look_at(self, name: str, versions: list[MadeClass]) -> None:
        last, bound = versions[-1], self._names.get(name)
        if not is_class(bound):
            self._gone.add(name)
            self._names[name] = last.kind
        elif not any(bound is one.kind for one in versions):
            decorated = _qualname_of(bound) == name
            versions[len(versions) - decorated :] = [last._replace(kind=bound)]
        elif bound is not last.kind:  # bound back
            versions.append(next(one for one in versions if one.kind is bound))
        if len(versions) > 1 or name in self._gone:
            self._several[name] = versions[-MOST_VERSIONS:]


def _facts(kind: type) -> list[str]:
    """Return the names of what a class defines, and of what its constructor may set."""
    found = {name: None for base in _bases_of(kind)[:-1] for name in _contents_of(base)}
    constructor = contents(kind, "__init__")
    if _type(constructor) is FunctionType:
        found.update(dict.fromkeys(constructor.__code__.co_names))
    return [name for name in found if _type(name) is str and name not in DULL][:MOST_FACTS]


DULL = ("__module__", "__doc__", "__dict__", "__weakref__", "__qualname__", "__annotations__")
