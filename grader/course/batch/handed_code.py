"""The code that a student handed in, as their page shows it."""

from pathlib import Path
from typing import Final, NamedTuple

from grader.errors import GraderError
from grader.submissions.submission import Submission, read

LONGEST: Final = 100_000


class HandedCode(NamedTuple):
    """A file that was graded: its name, its text, and whether that is cut off."""

    name: str
    text: str
    is_cut: bool = False


def code_in(folder: Path, name: str) -> HandedCode | None:
    """Return the code of the file that was graded; None where it cannot be shown.

    Args:
        folder: what the student handed in.
        name: the file's, as a report has it.
    """
    if not name:
        return None
    fits = sorted(path for path in folder.rglob("*") if path.is_file() and _is(path, folder, name))
    try:
        text = _text(read(fits[0])) if fits else ""
    except GraderError:
        return None
    return HandedCode(name, text[:LONGEST], len(text) > LONGEST) if text.strip() else None


def _is(path: Path, folder: Path, name: str) -> bool:
    return name in (path.name, path.relative_to(folder).as_posix())


def _text(submission: Submission) -> str:
    if submission.kind == "script":
        return submission.source
    cells = (f"# cell {number}\n{cell}" for number, cell in enumerate(submission.cells, start=1))
    return "\n\n".join(cells)
