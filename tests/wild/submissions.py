"""Everything in the bank as it is handed in: engines, notebooks, scripts and folders."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tests.wild.bank import HERE, Engine, Truth, engines, headed, truth_of
from tests.wild.folders import FOLDERS, Folder
from tests.wild.steps_of_numbers import steps_of_numbers

CELL = re.compile(r"^# %%(.*)\n", re.MULTILINE)
ENGINE = re.compile(r"^([ ]*)\{((?:right|wrong|fault)/\w+)\}$", re.MULTILINE)


class Entry(NamedTuple):
    """A submission of the bank.

    Attributes:
        name: "notebooks/right_progress_bar" say.
        kind: the row of the table.
        truth: what is true of it.
        files: relative path → content.
        path: of the file that is handed in, "" for the folder.
        time_s: seconds of CPU for one Program, None for the usual.
    """

    name: str
    kind: str
    truth: Truth
    files: Mapping[str, bytes]
    path: str = ""
    time_s: float | None = None

    def written(self, folder: Path) -> Path:
        """Write it into an empty folder, and return what is handed in."""
        for name, content in self.files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        return folder / self.path


def entries() -> list[Entry]:
    """Return the whole bank."""
    known = {one.name: one for one in engines()}
    found = [_of_engine(one) for one in known.values()]
    for path in sorted((HERE / "notebooks").glob("*.py")):
        found.append(_of_notebook(path, known))
    for path in sorted((HERE / "scripts").glob("*.py")):
        found.append(_of_script(path, known))
    folders = [*FOLDERS, *steps_of_numbers()]
    return [*found, *(_of_folder(folder, known) for folder in folders)]


def with_engines(text: str, known: Mapping[str, Engine]) -> str:
    """Return a text with engines where it names them, indented as the names are."""

    def source(match: re.Match[str]) -> str:
        lines = known[match[2]].source.strip("\n").split("\n")
        return "\n".join(match[1] + line if line else "" for line in lines)

    return ENGINE.sub(source, text)


def _of_engine(engine: Engine) -> Entry:
    files = {"value.py": engine.source.encode()}
    return Entry(f"engines/{engine.name}", engine.kind, engine.truth, files, "value.py")


def _of_script(path: Path, known: Mapping[str, Engine]) -> Entry:
    keys, text = headed(path.read_text(encoding="utf-8"))
    source = with_engines(text, known)
    if keys.get("ends") == "crlf":
        source = "\ufeff" + source.replace("\n", "\r\n")
    time_s = float(keys["time"]) if "time" in keys else None
    files = {"value.py": source.encode()}
    name = f"scripts/{path.stem}"
    return Entry(name, keys["kind"], truth_of(keys), files, "value.py", time_s)


def _of_notebook(path: Path, known: Mapping[str, Engine]) -> Entry:
    keys, text = headed(path.read_text(encoding="utf-8"))
    cells = [_cell(n, *one) for n, one in enumerate(_cells(text, known), 1)]
    fields = {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells}
    content = json.dumps(fields).encode()
    name = f"notebooks/{path.stem}"
    return Entry(name, keys["kind"], truth_of(keys), {"value.ipynb": content}, "value.ipynb")


def _cells(text: str, known: Mapping[str, Engine]) -> Iterable[tuple[str, str]]:
    """Return the cells of a notebook written as a script: what each is, and its source."""
    _, *parts = CELL.split(text)
    for mark, source in zip(parts[::2], parts[1::2], strict=True):
        what, _, name = mark.strip().partition("from ")
        whole = f"{{{name}}}\n" if name else source
        yield what, with_engines(whole, known).removesuffix("\n")


def _cell(number: int, what: str, source: str) -> dict[str, Any]:
    """Return a cell as it is saved, with an error or not executed where that is said of it."""
    fields: dict[str, Any] = {"cell_type": "code", "metadata": {}, "source": source}
    if what in ("[markdown]", "[raw]"):
        return fields | {"cell_type": what[1:-1]}
    saved = {"output_type": "error", "ename": "NameError", "evalue": "", "traceback": [""]}
    outputs = [saved] if what == "error" else []
    count = None if what == "unexecuted" else 2 * number
    return fields | {"outputs": outputs, "execution_count": count}


def _of_folder(folder: Folder, known: Mapping[str, Engine]) -> Entry:
    truth = truth_of({"asks": folder.asks, "wrong": folder.wrong, "says": folder.says})
    files = {
        name: with_engines(text, known).encode("latin-1" if "\0" in text else "utf-8")
        for name, text in folder.files.items()
    }
    return Entry(f"folders/{folder.name}", "folders", truth, files)
