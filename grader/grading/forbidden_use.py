"""Finds the use of a forbidden package in a submission's engine, for the report to say.

It is found in the text, before anything is asked, or by the submission's process, which can make
things only worse for itself: what it says is a reason to fail, and never one to pass.
"""

import os
import re
from collections.abc import Iterable, Mapping

from grader.engines.observation import BorrowedPackage, Place
from grader.engines.program import Program
from grader.exercises.exercise import Check, Exercise
from grader.submissions.kinds import stem_of
from grader.submissions.submission import Submission

LONGEST_LINE = 60
HOLD_NUMBERS = ("torch",)  # packages in whose place there is what holds numbers, without gradients
NOTHING = Program((), ())


def borrowed_by(
    exercise: Exercise, submission: Submission, names: Iterable[str]
) -> BorrowedPackage | None:
    """Return the use of a forbidden package that the text shows, None where it shows none.

    Args:
        exercise: which forbids them.
        submission: whose text it is.
        names: the submission's own names of what is graded.
    """
    texts = submission.cells or (submission.source,)
    whole = "\n".join(texts)
    packages = [one for one in exercise.forbids if one in whole and not _is_own(one, submission)]
    importing = (line for line in whole.split("\n") if "import" in line)
    if not packages or not any(name in line for line in importing for name in packages):
        return None
    from grader.submissions.imports import (  # `ast`, 5 ms; most submissions import no such thing
        forbidden_imports,
        without_magics,
    )

    if submission.kind == "notebook":
        texts = tuple(map(without_magics, texts))
    pieces = list(zip(_places(submission), texts, strict=True))
    return forbidden_imports(pieces, list(names), packages)


def message(borrowed: BorrowedPackage | None, submission: Submission) -> str:
    """Return the message to a student, "" where no forbidden package is used."""
    if borrowed is None:
        return ""
    where = _where(borrowed.place, submission)
    if borrowed.held_class and not where:
        where = f"its objects hold a {borrowed.held_class}"
    return (
        f"{borrowed.name} uses {borrowed.package}{f' ({where})' if where else ''}: this exercise "
        f"asks for your own; outside of it you may compare with {borrowed.package}"
    )


def needs_engine(check: Check, program: Program) -> bool:
    """Return whether what a check asks is an engine's work.

    Args:
        check: also one of the submission's own run.
        program: what it asks.
    """
    if check.own_run is None or check.own_run.is_training:
        return True
    return bool(program.takes()) and not check.own_run.rough


def programs_or_none(programs: Mapping[str, Program]) -> Mapping[str, Program]:
    """Return Programs, an empty one where there are none: the engine is looked at with one."""
    return programs or {"": NOTHING}


def _places(submission: Submission) -> list[str]:
    """Return the student's name of the script, or of each cell."""
    if submission.kind == "script":
        return [submission.shown]
    return [submission.cell_name(number) for number in range(1, len(submission.cells) + 1)]


def _is_own(name: str, submission: Submission) -> bool:
    """Return whether the student wrote a module of that name: beside the file, or in a cell."""
    files = [file.partition("/")[0] for file, _ in submission.beside]
    files += _names_in(submission.folder) if submission.folder else []
    if any(stem_of(file).casefold() == name for file in files):
        return True  # its own process says whether that is what was imported
    cell_magic = rf"^%%(?:writefile|file)\b.*\b{name}\b"
    return any(re.match(cell_magic, cell) for cell in submission.cells)


def _names_in(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _where(place: Place | None, submission: Submission) -> str:
    if place is None:
        return ""
    text = (submission.line(place.file, place.line) or "").strip()
    return f"{place.file}, line {place.line}{f': `{text[:LONGEST_LINE]}`' if text else ''}"
