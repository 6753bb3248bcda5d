"""Puts a line beside the installed package by which Python takes no other file for it.

`python -m grader`, `python -m pytest` and notebooks look in the current folder first, where a
`grader.py` of somebody's would be run before any line of ours could object. Python reads `.pth`
files when it starts, before it puts that folder on its path: this one has the search for the single
name `grader` begin where it is installed. It imports nothing, and leaves every other name alone.

A finder of ours in `sys.meta_path` would not do: pytest puts its own before all others, which asks
`PathFinder` for the modules of plugins. Of several environments in one another the inner one's line
is read first, and holds.
"""

import os
from tempfile import mkdtemp
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NAME = "autograd_grader.pth"
WHERE_THIS_LINE_IS = "sitedir"  # what `site` calls the folder, in Python 3.15 for such lines alone
LINE = (
    "import _frozen_importlib_external as files; finder = files.PathFinder; "
    "hasattr(finder, 'grader_is_in') or setattr(finder, 'grader_is_in', {folder}) or "
    "setattr(finder, 'find_spec', classmethod(lambda cls, name, path=None, target=None, "
    "find=finder.find_spec.__func__: name == 'grader' and path is None "
    "and find(cls, name, [cls.grader_is_in], target) or find(cls, name, path, target)))\n"
)


class InstalledName(BuildHookInterface[Any]):
    """Adds the line to a wheel; that of an editable one names the repository."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the file, and have it put at the top of the wheel."""
        editable = version == "editable"
        folder = ascii(self.root) if editable else WHERE_THIS_LINE_IS
        self.made = os.path.join(mkdtemp(), NAME)
        with open(self.made, "w", encoding="ascii") as file:
            file.write(LINE.format(folder=folder))
        build_data["force_include_editable" if editable else "force_include"][self.made] = NAME

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was written."""
        os.unlink(self.made)
        os.rmdir(os.path.dirname(self.made))
