"""A large course as an LMS exports it: right, wrong and hostile, as scripts and notebooks.

`python -m tests.course.batch.exported canvas|moodle COUNT FILE.zip` writes one, every twentieth
of it hostile.
"""

import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from nbformat import writes
from nbformat.v4 import new_code_cell, new_notebook

from tests.crowd import honest, hostile
from tests.sandbox.attacks.arena import arena

EVERY = 20  # so many are honest beside one that is hostile


def submissions(count: int) -> Iterator[tuple[str, str]]:
    """Yield the file's name and its text, every third a notebook."""
    usual = honest()
    with arena("full") as place:
        bad = hostile(place.outside)
    for number in range(count):
        if number % EVERY == EVERY - 1:
            yield "value.py", bad[number // EVERY % len(bad)].source
        else:
            source = f"{usual[number % len(usual)].source}\n# {number}\n"
            yield ("value.ipynb", notebook(source)) if number % 3 == 2 else ("value.py", source)


def notebook(source: str) -> str:
    """Return a script as a notebook of two cells."""
    cells = [new_code_cell(text) for text in ("import math", source)]  # type: ignore[no-untyped-call]
    made: str = writes(new_notebook(cells=cells))  # type: ignore[no-untyped-call]
    return made


def name(system: str, number: int, file: str) -> str:
    """Return what a system calls a student's file."""
    if system == "canvas":
        late = "_LATE" if number % 10 == 9 else ""
        return f"student{number:04}{late}_{100_000 + number}_{700_000 + number}_{file}"
    return f"Student {number:04}_{number + 1}_assignsubmission_file/{file}"


def write(system: str, count: int, path: Path) -> None:
    """Write a zip as a system exports it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for number, (of, text) in enumerate(submissions(count)):
            file.writestr(name(system, number, of), text)


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
