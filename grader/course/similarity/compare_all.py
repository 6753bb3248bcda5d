"""Compares everyone in a course with everyone."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from grader.course.similarity.clusters import Crowd, crowds
from grader.course.similarity.similarity import Pair, alike
from grader.course.similarity.texts import Line, Written, lines_of, written, written_in
from grader.errors import Misused, at

SUBMISSIONS = "submissions"


class NothingToCompare(Misused):
    """A course's folder holds no submissions."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} holds no submissions",
            hint="name the folder that `grade batch -o` has written",
        )


class Compared(NamedTuple):
    """A course, compared.

    Attributes:
        written: key → what they wrote, for those of whom something could be read.
        pairs: the most alike first.
        unread: what could not be read, a line each.
        crowds: those who agree in everything, and are too many to be pairs.
    """

    written: dict[str, Written]
    pairs: tuple[Pair, ...]
    unread: tuple[str, ...]
    crowds: tuple[Crowd, ...] = ()


def compared(folder: Path, given: Iterable[str]) -> Compared:
    """Return who is like whom in the folder of a course.

    Args:
        folder: as `grade batch` has left it.
        given: the texts that everyone was given.

    Raises:
        NothingToCompare: it holds no submissions.
    """
    held = everyone(folder)
    readable = [one for one in held if one.lines]
    starter = marks_of(given)
    unread = [line for one in held for line in one.unread]
    return Compared(
        {one.key: one for one in readable},
        tuple(alike(readable, starter)),
        tuple(unread),
        tuple(crowds(readable, starter)),
    )


def everyone(folder: Path) -> list[Written]:
    """Return what each student has written, by key.

    Raises:
        NothingToCompare: the folder holds no submissions.
    """
    root = folder / SUBMISSIONS
    try:
        folders = sorted(path for path in root.iterdir() if path.is_dir())
    except OSError as error:
        raise NothingToCompare(at(folder)) from error
    if not folders:
        raise NothingToCompare(at(folder))
    return [written_in(path) for path in folders]


def marks_of(texts: Iterable[str]) -> frozenset[int]:
    """Return the fingerprints of what everyone was given."""
    found: Sequence[Line]
    marks: set[int] = set()
    for text in texts:
        found = list(lines_of(text, ""))
        marks.update(mark for mark, _ in written("", found).fingerprints)
    return frozenset(marks)
