"""Compares everyone in a course with everyone."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from grader.course.similarity.clusters import Crowd, crowds
from grader.course.similarity.identical_files import IdenticalFiles, identical_files
from grader.course.similarity.similarity import SimilarPair, similar_pairs
from grader.course.similarity.texts import StudentText, TextLine, lines_of, text_in, text_of
from grader.errors import Misused, at
from grader.submissions.reader import Reader

SUBMISSIONS = "submissions"


class NothingToCompare(Misused):
    """A course's folder holds no submissions."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} holds no submissions",
            hint="name the folder that `grade batch -o` has written",
        )


class CourseComparison(NamedTuple):
    """A course, compared.

    Attributes:
        texts: key → what they wrote, for those of whom something could be read.
        pairs: the most alike first.
        unread: what could not be read, a line each.
        crowds: those who agree in everything, and are too many to be pairs.
        identical: the files that several have, also those that are too short to be alike.
    """

    texts: dict[str, StudentText]
    pairs: tuple[SimilarPair, ...]
    unread: tuple[str, ...]
    crowds: tuple[Crowd, ...] = ()
    identical: tuple[IdenticalFiles, ...] = ()


def compare_all(
    folder: Path,
    starters: Iterable[str],
    given: Iterable[str] = (),
    place: str = SUBMISSIONS,
) -> CourseComparison:
    """Compare everyone in the folder of a course.

    Args:
        folder: as `grade batch` has left it.
        starters: the texts that everyone may have, solutions too.
        given: those of them that everyone was given, which whoever hands them in has from there.
        place: the folder in it with what is compared.

    Raises:
        NothingToCompare: it holds no submissions.
    """
    students = students_in(folder, place)
    readable = [one for one in students if one.lines]
    starter = marks_of(starters)
    unread = [line for one in students for line in one.unread]
    return CourseComparison(
        {one.key: one for one in readable},
        tuple(similar_pairs(readable, starter)),
        tuple(unread),
        tuple(crowds(readable, starter)),
        tuple(identical_files(folder / place, given)),
    )


def students_in(folder: Path, place: str = SUBMISSIONS) -> list[StudentText]:
    """Return the text of each student, by key.

    Raises:
        NothingToCompare: the folder holds no submissions.
    """
    root = folder / place
    try:
        folders = sorted(path for path in root.iterdir() if path.is_dir())
    except OSError as error:
        raise NothingToCompare(at(folder)) from error
    if not folders:
        raise NothingToCompare(at(folder))
    with Reader() as read:
        return [text_in(path, read) for path in folders]


def marks_of(texts: Iterable[str]) -> frozenset[int]:
    """Return the fingerprints of what everyone was given."""
    lines: Sequence[TextLine]
    marks: set[int] = set()
    for text in texts:
        lines = list(lines_of(text, ""))
        marks.update(mark for mark, _ in text_of("", lines).fingerprints)
    return frozenset(marks)
