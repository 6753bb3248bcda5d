"""The arguments of `%grade`, read off the line behind it."""

import shlex
from argparse import ArgumentParser
from pathlib import Path
from typing import NamedTuple, NoReturn

from grader.errors import GraderError, Misused
from grader.exercises import catalogue
from grader.exercises.exercise_programs import DEFAULT_SEED
from grader.exercises.search_path import search_path

OPTIONS = ("--fresh", "--hints", "--class", "--seed", "--exercises")


class UnknownArgument(Misused):
    """The line behind `%grade` makes no sense."""

    def __init__(self, says: str) -> None:
        super().__init__(says, hint="write %grade ex9; %grade? tells the rest")


class MagicArguments(NamedTuple):
    """The arguments of `%grade`.

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
        raise UnknownArgument(message)


def parse(line: str) -> MagicArguments:
    """Return the arguments of a line.

    Raises:
        UnknownArgument: nothing that there is.
    """
    try:
        words = vars(_parser().parse_intermixed_args(shlex.split(_without_comment(line))))
    except ValueError as error:  # a quotation mark without its other
        raise UnknownArgument(str(error).lower()) from error
    fresh = words["fresh"] or words["path"] is not None
    return MagicArguments(**{**words, "fresh": fresh, "exercises": tuple(words["exercises"])})


def _without_comment(line: str) -> str:
    """Return a line without the comment at its end, as a cell's lines may have one."""
    quote = ""
    for place, letter in enumerate(line):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'":
            quote = letter
        elif letter == "#" and (not place or line[place - 1].isspace()):
            return line[:place]
    return line


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
    """Return the words that may stand next in a line that begins with `%grade`."""
    before = line.split()[1:] if line[-1:].isspace() else line.split()[1:-1]
    if any(not word.startswith("-") for word in before):
        return [*OPTIONS, *sorted(path.name for path in Path().glob("*.ipynb"))]
    try:
        entries = catalogue.entries(search_path())
    except GraderError:  # grading will say it
        return [*OPTIONS]
    return [*sorted({name for entry in entries for name in (entry.name, entry.track)}), *OPTIONS]
