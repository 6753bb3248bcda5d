"""Finds the submission in a folder that one student handed in.

Of several scripts and notebooks the one is meant that imports the others: with it, all of them are
run. What no import tells is not guessed.
"""

import os
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from grader.submissions.kinds import is_aside, is_folder_aside, kind_of, may_be_a_trial, stem_of
from grader.submissions.own_modules import home_of, imports_in, reached_files

DEEPEST: Final = 4
MOST_ENTRIES: Final = 2000  # looked at in all; a home folder has more than anyone waits for
MOST_FILES: Final = 100  # scripts and notebooks that are read
LARGEST: Final = 2 << 20
ENVIRONMENT: Final = "pyvenv.cfg"
ENGINE: Final = re.compile(rb"class\s+(Value|Scalar|Tensor)\b|def\s+backward\b")
TESTS: Final = re.compile(
    rb"^[ \t]*(?:def|class)[ \t]+[Tt]est|\b(?:unittest|pytest)\b", re.MULTILINE
)
COPY: Final = re.compile(r"(?: ?\(\d+\)|[ _-]+copy(?: ?\(?\d+\)?)?| \d+)\Z", re.IGNORECASE)
MAIN: Final = "main"


class FoundFiles(NamedTuple):
    """The files of a folder that could be the submission.

    Attributes:
        names: relative, with slashes; the first is the likeliest. One, where it is clear.
        engine: where all of them import the same engine, its file; "" where they do not.
        reaches_out: whether the first imports a file that lies in no folder below its own.
    """

    names: tuple[str, ...]
    engine: str = ""
    reaches_out: bool = False


def files_that_could_be_it(folder: str, exercise: str) -> FoundFiles:
    """Return the files of a folder that could be the submission.

    Args:
        folder: of one student alone.
        exercise: what is asked, several by commas; a file called so is the likeliest of several.

    Raises:
        OSError: the folder cannot be looked at.
    """
    top, folders = _entries(folder, "", MOST_ENTRIES)
    usual = [name for name in top if not _is_aside(folder, name)]
    if len(usual) == 1 and (not folders or _mentions_an_engine(folder, usual[0])):
        return FoundFiles((usual[0],))
    every = [*top, *_below(folder, folders, MOST_ENTRIES - len(top))][:MOST_FILES]
    could_be = [name for name in every if not _is_aside(folder, name)]
    if not could_be:  # a test, or a package's own file, is graded where an engine stands in it
        could_be = [name for name in every if _mentions_an_engine(folder, name)]
    if len(could_be) < 2:
        return FoundFiles(tuple(could_be))
    asked = {word.rpartition("/")[2].strip().casefold() for word in exercise.split(",")}
    return _Folder(folder, every).likeliest(could_be, asked)


class _Folder:
    """The scripts and notebooks of a folder, and what they import of each other."""

    def __init__(self, folder: str, names: Iterable[str]) -> None:
        self._texts = {name: _text(folder, name) for name in names}
        imports = {name: imports_in(name, text) for name, text in self._texts.items()}
        self._reached = {name: reached_files(name, imports) for name in imports}

    def likeliest(self, could_be: Sequence[str], asked: Collection[str]) -> FoundFiles:
        """Return those that no other one imports; of these, those with an engine."""
        roots = self._roots(self._without_copies(could_be))
        likely = [name for name in roots if self._has_engine(name)] or roots
        likely = [name for name in likely if not _is_below_another(name, likely)]
        engine = self._common_engine(likely) if len(likely) > 1 else ""
        order = sorted(likely, key=lambda name: (_rank(name, asked), name.count("/"), name))
        if engine and _rank(order[0], asked) < _rank(order[1], asked):
            order, engine = order[:1], ""  # they share an engine, and this one's name says it
        names = tuple([*order, engine] if engine else order)
        return FoundFiles(names, engine, self._reaches_out(order[0]))

    def _reaches_out(self, name: str) -> bool:
        home = home_of(name)
        return bool(home) and not all(one.startswith(f"{home}/") for one in self._reached[name])

    def _without_copies(self, names: Iterable[str]) -> list[str]:
        """Return files without those that a system has numbered, and that hold the same."""
        kept: dict[tuple[str, bytes], str] = {}
        for name in sorted(names, key=lambda one: (len(one), one)):
            kept.setdefault((COPY.sub("", stem_of(name)), self._texts[name]), name)
        return sorted(kept.values())

    def _roots(self, names: Sequence[str]) -> list[str]:
        """Return files that no other one imports, unless it imports that in turn."""
        return [
            name
            for name in names
            if not any(
                name in self._reached[one] and one not in self._reached[name]
                for one in names
                if one != name
            )
        ]

    def _has_engine(self, name: str) -> bool:
        return any(ENGINE.search(self._texts[one]) for one in (name, *self._reached[name]))

    def _common_engine(self, names: Sequence[str]) -> str:
        """Return the file with an engine that all of some import, "" where it is not one."""
        if any(ENGINE.search(self._texts[name]) for name in names):
            return ""
        common = frozenset.intersection(*(self._reached[name] for name in names))
        engines = self._roots([one for one in sorted(common) if self._has_engine(one)])
        return engines[0] if len(engines) == 1 else ""


def _rank(name: str, asked: Collection[str]) -> int:
    """Return a file's rank by its name, the less the likelier it is meant."""
    stem = stem_of(name.rpartition("/")[2]).casefold()
    return 0 if stem in asked else 1 if stem == MAIN else 2


def _is_below_another(name: str, names: Iterable[str]) -> bool:
    """Return whether another one lies nearer to the top, on the way to this one."""
    home = home_of(name)
    above = map(home_of, names)
    return any(home != one and f"{home}/".startswith(f"{one}/" if one else "") for one in above)


def _below(folder: str, folders: Sequence[str], left: int) -> Iterator[str]:
    """Yield the scripts and notebooks below some folders, level by level."""
    level = list(folders)
    for _ in range(DEEPEST - 1):
        deeper = []
        for parent in level:
            names, more = _entries(folder, parent, left)
            left -= len(names) + len(more)
            yield from names
            deeper += more
        level = deeper


def _entries(folder: str, parent: str, most: int) -> tuple[list[str], list[str]]:
    """Return the scripts and notebooks in a folder, and its folders; no links below the top.

    Raises:
        OSError: the folder at the top cannot be looked at.
    """
    try:
        with os.scandir(os.path.join(folder, parent)) as found:
            entries = [entry for entry, _ in zip(found, range(max(0, most)), strict=False)]
    except OSError:
        if parent:
            return [], []
        raise
    if any(entry.name == ENVIRONMENT for entry in entries):
        return [], []
    at_top = parent == ""
    names = [parent + one.name for one in entries if kind_of(one.name) and _is_file(one, at_top)]
    folders = [
        f"{parent}{one.name}/"
        for one in entries
        if not is_folder_aside(one.name) and one.is_dir(follow_symlinks=False)
    ]
    return sorted(names), sorted(folders)


def _is_file(entry: "os.DirEntry[str]", follows: bool) -> bool:
    try:
        return entry.is_file(follow_symlinks=follows)
    except OSError:
        return False


def _is_aside(folder: str, name: str) -> bool:
    """Return whether a file is none that is graded; a trial of the student's may be called test."""
    last = name.rpartition("/")[2]
    return is_aside(last) and (not may_be_a_trial(last) or _holds_tests(folder, name))


def _holds_tests(folder: str, name: str) -> bool:
    return TESTS.search(_text(folder, name)) is not None


def _mentions_an_engine(folder: str, name: str) -> bool:
    return ENGINE.search(_text(folder, name)) is not None


def _text(folder: str, name: str) -> bytes:
    try:
        with open(os.path.join(folder, name), "rb") as file:
            return file.read(LARGEST)
    except OSError:
        return b""
