"""Stands between what is graded and the packages that an exercise forbids, while Programs run.

Before the first Program it looks through what the checks take. Then those packages are out of
reach: an import of one fails and is remembered, however it is made. What the Programs leave behind
is looked at, too.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from grader.engines.observation import Borrowed, Observation, Place
from grader.engines.text import clean
from grader.sandbox.child.inspection.dependencies import Reach
from grader.sandbox.child.inspection.provenance import Packages

_frame, _loaded = sys._getframe, sys.modules
LONGEST_NAME = 100


class Customs:
    """What is graded, and what it borrows."""

    def __init__(
        self,
        names: Mapping[str, Any],
        forbids: Sequence[str],
        folder: str,
        student_file: Callable[[str], str | None],
    ) -> None:
        """Look through what is graded.

        Args:
            names: the submission's own name of a class or function → itself.
            forbids: packages, by their top-level names.
            folder: the submission's.
            student_file: a file name → the name the student knows it by, None for others.
        """
        self._packages = Packages(forbids if names else (), folder, student_file)
        self._reach = Reach(self._packages)
        self._name = next(iter(names), "")
        self._made: list[Any] = []
        found = (self._reach.of(*pair) for pair in names.items()) if self._packages else ()
        self._found: Borrowed | None = next(filter(None, found), None)

    def __enter__(self) -> Self:
        """Put the packages out of reach."""
        if self._packages:
            for name in self._packages.loaded:
                _loaded.pop(name, None)
            sys.meta_path.insert(0, self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, traceback: TracebackType | None
    ) -> None:
        """Put them back."""
        _loaded.update(self._packages.loaded)
        with suppress(ValueError):  # a submission can take it out
            sys.meta_path.remove(self)

    def find_spec(self, name: str, *_: object) -> None:
        """Refuse a forbidden package, as a finder on `sys.meta_path`.

        Raises:
            ModuleNotFoundError: it is one.
        """
        package = self._packages.package(name)
        if package:
            self._found = self._found or self._imported(package)
            raise ModuleNotFoundError(f"{package} is not allowed here", name=name)

    def made(self, results: list[Any]) -> None:
        """Take what a Program made, to be looked at once its time is over."""
        self._made = results

    def told(self, observation: Observation) -> Observation:
        """Return an Observation that says what has been borrowed by now."""
        made, self._made = self._made, []
        if self._found is None and self._packages:
            self._found = self._named(self._reach.held(made))
        return observation._replace(borrowed=self._found)

    def _imported(self, package: str) -> Borrowed:
        """Return who imports: the innermost function of the student's."""
        frame = _frame(2)
        while frame is not None:
            code = frame.f_code
            file = self._packages.student_file(code.co_filename)
            if file is not None:
                place = Place(file, frame.f_lineno, clean(code.co_name))
                return Borrowed(self._name, package, place)
            frame = frame.f_back  # type: ignore[assignment]
        return Borrowed(self._name, package)

    def _named(self, found: Borrowed | None) -> Borrowed | None:
        """Return it under a name that can be one: a class may call itself anything."""
        if found is None or (found.name.isidentifier() and len(found.name) <= LONGEST_NAME):
            return found
        return found._replace(name=self._name)
