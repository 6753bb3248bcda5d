"""Reads the code cells of a notebook, and says what it is where it is none, or none in Python."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from warnings import catch_warnings

import nbformat

from grader.engines.text import LONGEST_TEXT, clean
from grader.submissions.not_a_notebook import reason_and_hint

SKIPPED, RAISES = "skip-execution", "raises-exception"  # tags that Jupyter goes by
PYTHON = ("python", "python3", "ipython", "ipython3", "xpython")
DEFINITION = re.compile(r"^[ \t]*(?:def|class)[ \t]+\w+.*:[ \t]*(?:#.*)?$", re.MULTILINE)


class NotANotebook(Exception):
    """A file is no notebook in Python: what it is, behind its name, and what to do."""

    def __init__(self, kind: str, cure: str) -> None:
        super().__init__(kind)
        self.kind = kind
        self.cure = cure


class NotebookCell(NamedTuple):
    """A code cell: its text, its tags, and whether it is meant to raise an exception."""

    source: str
    tags: tuple[str, ...] = ()
    raises: bool = False

    def tags_with(self, start: str) -> Iterator[str]:
        """Yield its tags that begin with a text."""
        return (clean(tag) for tag in self.tags if tag.startswith(start))


def cells_of(content: bytes) -> list[NotebookCell]:
    """Return a notebook's code cells that are not blank; one not to be run is a comment.

    Raises:
        NotANotebook: it is something else, in another language, or without such a cell.
    """
    try:
        with catch_warnings(
            action="ignore"
        ):  # about forms of a notebook that it reads all the same
            notebook = nbformat.reads(content.decode("utf-8-sig"), as_version=4)  # type: ignore[no-untyped-call]
        code = [_cell(cell) for cell in notebook.cells if cell.cell_type == "code"]
    except Exception as error:  # nbformat raises whatever a broken file makes it raise
        raise NotANotebook(*reason_and_hint(content, error)) from error
    filled = [cell for cell in code if cell.source.strip()]
    if not filled:
        raise NotANotebook("has no code cell", "hand in the notebook you ran")
    language = _language(notebook.get("metadata"))
    if language not in PYTHON and not any(DEFINITION.search(cell.source) for cell in filled):
        cure = "hand in a notebook with a Python kernel, or a .py file"
        raise NotANotebook(f"is a notebook in {language}, and not in Python", cure)
    return filled


def _cell(cell: "nbformat.NotebookNode") -> NotebookCell:
    tags, source = _tags(cell.get("metadata")), str(cell.source)
    if SKIPPED in tags and source.strip():
        source = "\n".join(f"# {line}" for line in (f"{SKIPPED}:", *source.split("\n")))
    return NotebookCell(source, tags, RAISES in tags)


def _tags(metadata: object) -> tuple[str, ...]:
    """Return a cell's tags; a notebook's metadata may be anything."""
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    return tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else ()


def _language(metadata: object) -> str:
    """Return the language that a notebook says it is in, "python" where it says none."""
    for part, field in (("language_info", "name"), ("kernelspec", "language")):
        said = metadata.get(part) if isinstance(metadata, dict) else None
        name = said.get(field) if isinstance(said, dict) else None
        if isinstance(name, str) and name.strip():
            return clean(name.strip())[:LONGEST_TEXT] if name.lower() not in PYTHON else "python"
    return "python"
