"""Modules that a notebook writes with %%writefile: imported from memory, and written nowhere."""

import sys
from importlib.machinery import ModuleSpec
from types import ModuleType


class Written:
    """Finds the modules that cells have written so far."""

    def __init__(self) -> None:
        self._sources: dict[str, tuple[str, str]] = {}
        sys.meta_path.insert(0, self)

    def keep(self, line: str, source: str, place: str) -> None:
        """Keep a cell under the file name in its magic's line, if that is a module's.

        Args:
            line: what stands after %%writefile; `-a` adds to the file.
            source: the cell below that line.
            place: the name of the cell, which stands in tracebacks.
        """
        *options, file = line.split() or [""]
        name = file.strip("\"'").removesuffix(".py")
        if name.isidentifier() and name + ".py" in file:
            before = self._sources.get(name, ("", ""))[0] if "-a" in options else ""
            self._sources[name] = (before + "\n" + source, place)
            sys.modules.pop(name, None)

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        """Find a module that was written."""
        return ModuleSpec(name, self) if name in self._sources else None  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Leave the module to the import system."""

    def exec_module(self, module: ModuleType) -> None:
        """Run what was written."""
        source, place = self._sources[module.__name__]
        module.__file__ = place
        exec(compile(source, place, "exec", dont_inherit=True), module.__dict__)
