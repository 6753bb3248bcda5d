"""Finds a notebook's lines of code in the JSON of its file."""

import json
import re
from collections.abc import Iterator

TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{},\n]')
LINE = re.compile(r"[^\n]*\n|[^\n]+")
Path = tuple[str | int | None, ...]


def cell_lines(text: str) -> list[list[int]]:
    """Return the line in the file of each line of each code cell that is not blank, from 1.

    Args:
        text: of a notebook's file, format 3 or 4; of anything else nothing is found.
    """
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return []
    kinds: dict[object, str] = {}
    sources: dict[object, list[tuple[int, str]]] = {}
    for path, line, value in _strings(text):
        sheet = path[:2] if path[0] == "worksheets" else ()
        within = path[len(sheet) :]
        cell, key = (*sheet, *within[:2]), within[2:]
        if within[:1] != ("cells",):
            continue
        if key == ("cell_type",):
            kinds[cell] = value
        elif key[:1] == (("input",) if sheet else ("source",)):
            sources.setdefault(cell, []).append((line, value))
    code = [sources.get(cell, []) for cell, kind in kinds.items() if kind == "code"]
    return [list(_lines(parts)) for parts in code if "".join(part for _, part in parts).strip()]


def _strings(text: str) -> Iterator[tuple[Path, int, str]]:
    """Yield each string of a JSON text that lies in something: its path, its line, itself."""
    within: list[str | int | None] = []  # the key, None before it comes; or the place in a list
    line = 1
    for token in TOKEN.findall(text):
        if token == "\n":
            line += 1
        elif token in ("{", "["):
            within.append(None if token == "{" else 0)
        elif token in ("}", "]"):
            within.pop()
        elif token == ",":
            place = within.pop()
            within.append(place + 1 if isinstance(place, int) else None)
        elif within and within[-1] is None:
            within[-1] = json.loads(token)
        elif within:
            yield tuple(within), line, json.loads(token)


def _lines(parts: list[tuple[int, str]]) -> Iterator[int]:
    begins = True
    for line, part in parts:
        for piece in LINE.findall(part):
            if begins:
                yield line
            begins = piece.endswith("\n")
