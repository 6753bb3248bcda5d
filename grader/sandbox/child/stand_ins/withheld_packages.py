"""Stand-ins for packages that are installed, and not in the process that answers Programs.

Who compares an engine with such a package does so in another process. Here the lines that do are
run as well, for what stands among them: they get something to reckon with that holds no number.
"""

import sys
from _frozen_importlib import ModuleSpec
from _frozen_importlib_external import PathFinder
from collections.abc import Collection, Sequence
from types import ModuleType
from typing import Any

from grader.sandbox.child.stand_ins.plotting_stubs import Stub

PLACE = "<withheld>"
MOST_ANSWERS = 100_000  # to comparisons: a loop that waits for a number comes to its end


class StillWaiting(RuntimeError):
    """A stand-in has been compared so often that a loop must be waiting for a number."""

    def __init__(self) -> None:
        super().__init__("this package is not there while the engine is asked")


class WithheldValue(Stub):
    """Something of a withheld package; its class says that it comes from there."""

    answers = 0

    def __bool__(self) -> bool:
        return _answer()

    def __eq__(self, _: object) -> bool:
        return _answer()

    def __ne__(self, _: object) -> bool:
        return not _answer()

    def __gt__(self, _: object) -> bool:
        return not _answer()

    def __lt__(self, _: object) -> bool:
        return _answer()

    def __hash__(self) -> int:
        return 0

    def __instancecheck__(self, _: object) -> bool:
        return False

    def __mro_entries__(self, _: object) -> tuple[type, ...]:
        return (type(self),)

    def __array__(self, *_: object, **__: object) -> Any:
        return sys.modules["numpy"].zeros(())

    def __iadd__(self, _: object) -> "WithheldValue":
        return self

    __le__, __ge__ = __lt__, __gt__
    __subclasscheck__ = __instancecheck__
    __isub__ = __imul__ = __itruediv__ = __iadd__
    __rpow__ = __rfloordiv__ = __rmod__ = __rmatmul__ = Stub.__add__
    __array_ufunc__ = None  # arrays leave it to this side


class WithheldModule(ModuleType):
    """A module of a withheld package, which has whatever is asked of it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__dict__.update(__file__=PLACE, __version__="0")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        package = self.__name__.partition(".")[0]
        return type(name, (WithheldValue,), {"__module__": package})()


class WithheldPackages:
    """Gives stand-ins for packages, as a finder on `sys.meta_path`, and keeps which were wanted.

    Attributes:
        wanted: the packages that were imported.
    """

    def __init__(self, packages: Collection[str], site: Collection[str]) -> None:
        """Prepare.

        Args:
            packages: by their top-level names.
            site: the folders where packages are installed.
        """
        self.wanted: set[str] = set()
        self._packages = frozenset(packages)
        self._site = frozenset(site)

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, *_: object
    ) -> ModuleSpec | None:
        """Return a stand-in, None where it is another package, or the student's own."""
        top = name.partition(".")[0]
        if top not in self._packages:
            return None
        if path is None and (own := self._own(name)) is not None:
            return own
        if path is not None and not isinstance(sys.modules.get(top), WithheldModule):
            return None
        self.wanted.add(top)
        return ModuleSpec(name, self, is_package=True)  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return the module, as a loader does."""
        return WithheldModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Run nothing: there is no code."""

    def _own(self, name: str) -> ModuleSpec | None:
        """Return the student's module of that name: a folder without code in it is none."""
        elsewhere = [entry for entry in sys.path if entry not in self._site]
        found = PathFinder.find_spec(name, elsewhere)
        return found if found is not None and found.loader is not None else None


def withhold(packages: Collection[str], site: Collection[str]) -> Collection[str]:
    """Put stand-ins for packages in place, and return those of them that have been imported by now.

    Args:
        packages: by their top-level names.
        site: the folders where packages are installed.
    """
    finder = WithheldPackages(packages, site)
    sys.meta_path.insert(0, finder)
    return finder.wanted


def _answer() -> bool:
    WithheldValue.answers += 1
    if WithheldValue.answers > MOST_ANSWERS:
        raise StillWaiting
    return True
