"""What was asked for, read off the line behind `%grade`."""

import shlex
from argparse import ArgumentParser
from pathlib import Path
from typing import NamedTuple, NoReturn

from grader.errors import GraderError, Misused
from grader.exercises import catalogue
from grader.exercises.exercise_programs import DEFAULT_SEED
from grader.exercises.search_path import homes

OPTIONS = ("--fresh", "--hints", "--class", "--seed", "--exercises")


class NotUnderstood(Misused):
    """The line behind `%grade` makes no sense."""

    def __init__(self, says: str) -> None:
        super().__init__(says, hint="write %grade ex9; %grade? tells the rest")


class Words(NamedTuple):
    """What was asked for.

    Attributes:
        exercise: of an exercise or a track, the name.
        path: the file to grade, None where none was named.
        fresh: whether the saved notebook is graded, or `path`.
        hints: whether the text names the probable misconception.
        class_name: the engine's class, where it was named.
        seed: for the random graphs.
        exercises: folders with more exercises.
    """

    exercise: str
    path: str | None
    fresh: bool
    hints: bool
    class_name: str | None
    seed: int
    exercises: tuple[str, ...]


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise NotUnderstood(message)


def understood(line: str) -> Words:
    """Return what a line asks for.

    Raises:
        NotUnderstood: nothing that there is.
    """
    try:
        given = vars(_parser().parse_intermixed_args(shlex.split(line)))
    except ValueError as error:  # a quotation mark without its other
        raise NotUnderstood(str(error).lower()) from error
    fresh = given["fresh"] or given["path"] is not None
    return Words(**{**given, "fresh": fresh, "exercises": tuple(given["exercises"])})


def _parser() -> ArgumentParser:
    parser = _Parser(prog="%grade", add_help=False, allow_abbrev=False)
    parser.add_argument("exercise")
    parser.add_argument("path", nargs="?")
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--hints", action="store_true")
    parser.add_argument("--class", dest="class_name")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--exercises", action="append", default=[])
    return parser


def completions(line: str) -> list[str]:
    """Return what may stand next in a line that begins with `%grade`."""
    before = line.split()[1:] if line[-1:].isspace() else line.split()[1:-1]
    if any(not word.startswith("-") for word in before):
        return [*OPTIONS, *sorted(path.name for path in Path().glob("*.ipynb"))]
    try:
        known = catalogue.entries(homes())
    except GraderError:  # grading will say it
        return [*OPTIONS]
    return [*sorted({name for entry in known for name in (entry.name, entry.track)}), *OPTIONS]
