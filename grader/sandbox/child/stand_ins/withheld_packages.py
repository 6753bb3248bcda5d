"""Stand-ins for packages that are installed, and not in the process that answers Programs.

Who compares an engine with such a package does so in another process. Here the lines that do are
run as well, for what stands among them: they get something to reckon with that holds no number.
"""

import sys
from _frozen_importlib import ModuleSpec
from _frozen_importlib_external import PathFinder
from collections.abc import Collection, Sequence
from contextlib import suppress
from types import ModuleType

from grader.sandbox.child.stand_ins.torch_numbers.module import torch_module
from grader.sandbox.child.stand_ins.withheld_values import WithheldModule, WithheldValue

NUMBERS = ("torch", "torch.nn", "torch.nn.functional")  # of these there is what holds numbers


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
        self.wanted = set[str]()
        self._packages = frozenset(packages)
        self._site = frozenset(site)

    def used(self) -> int:
        """Return how often something of the packages has been used that holds no number."""
        return WithheldValue.made

    def package(self) -> str:
        """Return the package of which something was used last."""
        return WithheldValue.latest

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
        if spec.name in NUMBERS:
            with suppress(ImportError):  # numpy
                return torch_module(spec.name)
        return WithheldModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Run nothing: there is no code."""

    def _own(self, name: str) -> ModuleSpec | None:
        """Return the student's module of that name: a folder without code in it is none."""
        elsewhere = [entry for entry in sys.path if entry not in self._site]
        found = PathFinder.find_spec(name, elsewhere)
        return found if found is not None and found.loader is not None else None


def withhold(packages: Collection[str], site: Collection[str]) -> WithheldPackages:
    """Put stand-ins for packages in place, and return what tells of their use.

    Args:
        packages: by their top-level names.
        site: the folders where packages are installed.
    """
    finder = WithheldPackages(packages, site)
    sys.meta_path.insert(0, finder)
    return finder
