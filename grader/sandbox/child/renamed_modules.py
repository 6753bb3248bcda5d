"""Finds a module of the student's whose file another system calls as the import does.

Windows and macOS take `Value.py` for `value`, and hide the second ending of `value.py.txt`: what
ran there is to run here. It is asked last, for an import that nothing else answers.
"""

import os
from _frozen_importlib import ModuleSpec
from _frozen_importlib_external import SourceFileLoader, spec_from_file_location
from collections.abc import Iterable, Sequence

SCRIPTS = (".py", ".py.txt", ".py.py")
MOST_FILES = 500


class RenamedModules:
    """A finder, for the end of `sys.meta_path`."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, *_: object
    ) -> ModuleSpec | None:
        """Return the module of that name in the submission's folder, None where there is none."""
        last = name.rpartition(".")[2].casefold()
        for folder in (self._folder,) if path is None else tuple(path):
            for entry in _entries(folder) if self._is_inside(folder) else ():
                file = os.path.join(folder, entry)
                if entry.casefold() in {last + ending for ending in SCRIPTS}:
                    return _spec(name, file)
                if entry.casefold() == last and os.path.isdir(file):
                    return _package(name, file)
        return None

    def _is_inside(self, folder: object) -> bool:
        inside = os.path.join(self._folder, "")
        return type(folder) is str and os.path.join(folder, "").startswith(inside)


def _entries(folder: str) -> Iterable[str]:
    try:
        return sorted(os.listdir(folder))[:MOST_FILES]
    except OSError:
        return ()


def _package(name: str, folder: str) -> ModuleSpec | None:
    for entry in _entries(folder):
        if entry.casefold() == "__init__.py":
            return _spec(name, os.path.join(folder, entry), [folder])
    spec = ModuleSpec(name, None, is_package=True)
    spec.submodule_search_locations = [folder]
    return spec


def _spec(name: str, file: str, places: list[str] | None = None) -> ModuleSpec | None:
    loader = SourceFileLoader(name, file)
    return spec_from_file_location(name, file, loader=loader, submodule_search_locations=places)
