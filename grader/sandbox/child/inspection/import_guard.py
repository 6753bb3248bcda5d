"""Stands between what is graded and the packages that an exercise forbids, while Programs run.

Before the first Program it looks through what the checks take. Then those packages are out of
reach: an import of one fails and is remembered, however it is made. What the Programs leave behind
is looked at, too.
"""

import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Protocol, Self

from grader.engines.observation import BorrowedPackage, Observation, Place
from grader.engines.text import clean
from grader.sandbox.child.inspection.dependencies import Dependencies
from grader.sandbox.child.inspection.provenance import ForbiddenPackages

_frame, _loaded = sys._getframe, sys.modules
LONGEST_NAME = 100


class WithheldUse(Protocol):
    """What a submission uses of packages that are not there."""

    @property
    def wanted(self) -> Collection[str]:
        """The packages that it has imported."""
        ...

    def used(self) -> int:
        """Return how often something of them has been used that holds no number."""
        ...

    def package(self) -> str:
        """Return the package of which something was used last."""
        ...


class ImportGuard:
    """The guard between what is graded and what it would borrow."""

    def __init__(
        self,
        names: Mapping[str, Any],
        forbids: Sequence[str],
        folder: str,
        student_file: Callable[[str], str | None],
        withheld: WithheldUse | None = None,
    ) -> None:
        """Look through what is graded.

        Args:
            names: the submission's own name of a class or function → itself.
            forbids: packages, by their top-level names.
            folder: the submission's.
            student_file: a file name → the name the student knows it by, None for others.
            withheld: what is used of packages that are not there.
        """
        self._withheld, self._used_before = withheld, withheld.used() if withheld else 0
        self._packages = ForbiddenPackages(forbids if names else (), folder, student_file)
        self._dependencies = Dependencies(self._packages)
        self._name = next(iter(names), "")
        self._results: list[Any] = []
        found = (self._dependencies.of(*pair) for pair in names.items()) if self._packages else ()
        self._borrowed: BorrowedPackage | None = next(filter(None, found), None)

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
            self._borrowed = self._borrowed or self._import_by(package)
            raise ModuleNotFoundError(f"{package} is not allowed here", name=name)

    def keep_results(self, results: list[Any]) -> None:
        """Keep what a Program made, to be looked at once its time is over."""
        self._results = results

    def with_borrowed(self, observation: Observation) -> Observation:
        """Return an Observation that says what has been borrowed by now."""
        results, self._results = self._results, []
        if self._borrowed is None and self._packages:
            held = self._dependencies.held(results) or self._withheld_use()
            self._borrowed = self._with_safe_name(held)
        return observation._replace(borrowed=self._borrowed)

    def _withheld_use(self) -> BorrowedPackage | None:
        """Return the use of a package that is not there, None where Programs made none of it."""
        if self._withheld is None or self._withheld.used() == self._used_before:
            return None
        return BorrowedPackage(self._name, self._withheld.package())

    def _import_by(self, package: str) -> BorrowedPackage:
        """Return the import with its place: the innermost function of the student's."""
        frame = _frame(2)
        while frame is not None:
            code = frame.f_code
            file = self._packages.student_file(code.co_filename)
            if file is not None:
                place = Place(file, frame.f_lineno, clean(code.co_name))
                return BorrowedPackage(self._name, package, place)
            frame = frame.f_back  # type: ignore[assignment]
        return BorrowedPackage(self._name, package)

    def _with_safe_name(self, found: BorrowedPackage | None) -> BorrowedPackage | None:
        """Return it under a name that can be one: a class may call itself anything."""
        if found is None or (found.name.isidentifier() and len(found.name) <= LONGEST_NAME):
            return found
        return found._replace(name=self._name)
