"""Reads the code cells of a notebook, and says what it is where it is none, or none in Python.

Only the cells are looked at. Whether the rest is of Jupyter's form is nobody's question here, and
its own validation takes time that grows with the square of some lists.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from grader.engines.text import LONGEST_TEXT, clean
from grader.submissions.not_a_notebook import reason_and_hint

SKIPPED, RAISES = "skip-execution", "raises-exception"  # tags that Jupyter goes by
PYTHON = ("python", "python3", "ipython", "ipython3", "xpython")
MOST_VALUES: Final = 4_000_000
"""So many values are made from a notebook's JSON; an empty object of two bytes takes 64 of ours."""

MOST_CODE: Final = 2 << 20  # characters, as of a script
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
    _refuse_too_many_values(content)
    try:
        notebook = json.loads(content.decode("utf-8-sig"))
        code = [_cell(*parts) for parts in _code_cells(notebook)]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotANotebook(*reason_and_hint(content, error)) from error
    filled = [cell for cell in code if cell.source.strip()]
    if not filled:
        raise NotANotebook("has no code cell", "hand in the notebook you ran")
    _refuse_too_much_code(filled)
    language = _language(notebook.get("metadata"))
    if language not in PYTHON and not any(DEFINITION.search(cell.source) for cell in filled):
        cure = "hand in a notebook with a Python kernel, or a .py file"
        raise NotANotebook(f"is a notebook in {language}, and not in Python", cure)
    return filled


def _refuse_too_many_values(content: bytes) -> None:
    if content.count(b",") + content.count(b"{") + content.count(b"[") > MOST_VALUES:
        kind = f"holds more than {MOST_VALUES:,} values"
        raise NotANotebook(kind, "clear the outputs and leave data in files of their own")


def _refuse_too_much_code(cells: Iterable[NotebookCell]) -> None:
    size = sum(len(cell.source) for cell in cells)
    if size > MOST_CODE:
        kind = f"has {size >> 20} MB of code; at most {MOST_CODE >> 20} MB are read"
        raise NotANotebook(kind, "leave data in files of their own")


def _code_cells(notebook: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Yield the code cells of a notebook, and the source of each, in whatever form it is saved.

    Raises:
        ValueError: the form is none that is known.
        KeyError, TypeError, AttributeError: a part is missing, or something else.
    """
    form = notebook.get("nbformat", 1)
    if form not in (2, 3, 4):
        raise ValueError(f"Unsupported nbformat version {form}")
    sheets = [notebook] if form == 4 else notebook["worksheets"]
    cells: Iterable[Mapping[str, Any]] = (cell for sheet in sheets for cell in sheet["cells"])
    for cell in cells:
        if cell["cell_type"] == "code":
            source = cell["source"] if form == 4 else cell.get("input", "")
            yield cell, source if isinstance(source, str) else "".join(source)


def _cell(cell: Mapping[str, Any], source: str) -> NotebookCell:
    tags, source = _tags(cell.get("metadata")), _whole(source)
    if SKIPPED in tags and source.strip():
        source = "\n".join(f"# {line}" for line in (f"{SKIPPED}:", *source.split("\n")))
    return NotebookCell(source, tags, RAISES in tags)


def _whole(source: str) -> str:
    """Return a text in which halves of characters are what a browser makes of them."""
    if source.isascii():
        return source
    return source.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


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
