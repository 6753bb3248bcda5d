"""The score of each student in one column: the marks of an exercise, or of several added up."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from grader.course.gradebook.matching import KnownStudent
from grader.course.marks import Mark
from grader.errors import Misused


class SeveralExercises(Misused):
    """A course has several exercises, and one column is to be filled."""

    def __init__(self, paths: Iterable[str]) -> None:
        shown = tuple(paths)
        super().__init__(
            f"this course has several exercises: {', '.join(shown)}",
            hint=f"choose: --exercise {shown[0]}; given several times, they are added up",
        )


class NotInCourse(Misused):
    """An exercise was not graded in this course."""

    def __init__(self, name: str, paths: Iterable[str]) -> None:
        super().__init__(f"no exercise {name!r} in this course", hint=f"it has {', '.join(paths)}")


class ColumnScore(NamedTuple):
    """The score of a student in a column.

    Attributes:
        person: who.
        score: points; None where nothing could be graded.
        max_score: points.
        comment: what the student should read beside it.
        page: their page, relative to the course's folder.
        penalty: points taken away for being late.
    """

    person: KnownStudent
    score: float | None
    max_score: float
    comment: str = ""
    page: str = ""
    penalty: float = 0.0


def marks_in_column(marks: Sequence[Mark], names: Sequence[str]) -> list[Mark]:
    """Return the marks of the exercises that are meant; all of them where nobody names one.

    Raises:
        NotInCourse: a name is none of theirs.
    """
    paths = list(dict.fromkeys(mark.exercise for mark in marks))
    meant = set()
    for name in names:
        fits = [path for path in paths if name in (path, path.rpartition("/")[2])]
        if not fits:
            raise NotInCourse(name, paths)
        meant.update(fits)
    return [mark for mark in marks if not names or mark.exercise in meant]


def one_column(
    marks: Sequence[Mark], people: Iterable[KnownStudent], *, added: bool
) -> list[ColumnScore]:
    """Return the score of each student in one column.

    Args:
        marks: of all of them.
        people: the students.
        added: whether the marks of several exercises are to be added up.

    Raises:
        SeveralExercises: there are several, and they are not.
    """
    paths = list(dict.fromkeys(mark.exercise for mark in marks))
    if len(paths) > 1 and not added:
        raise SeveralExercises(paths)
    by_key: dict[str, list[Mark]] = {}
    for mark in marks:
        by_key.setdefault(mark.student.key, []).append(mark)
    return [_column_score(one, by_key[one.marked_as]) for one in people if one.marked_as in by_key]


def titles_of(marks: Iterable[Mark]) -> tuple[str, ...]:
    """Return the titles that a column for these marks may have; of several exercises, the track."""
    about = dict.fromkeys((mark.title, mark.exercise) for mark in marks)
    if len(about) > 1:
        return tuple(dict.fromkeys(path.partition("/")[0] for _, path in about))
    return tuple(name for title, path in about for name in (title, path, path.rpartition("/")[2]))


def _column_score(person: KnownStudent, marks: Sequence[Mark]) -> ColumnScore:
    scores = [mark.score for mark in marks if mark.score is not None]
    return ColumnScore(
        person,
        sum(scores) if scores else None,
        sum(mark.max_score for mark in marks),
        "; ".join(map(_words, marks)),
        marks[0].page,
        sum(mark.penalty for mark in marks),
    )


def _words(mark: Mark) -> str:
    """Return the words that a student reads beside their points."""
    if mark.score is None:
        return f"{mark.title}: {mark.problem}"
    parts = (f"{mark.title}: {mark.score:g} of {mark.max_score:g}", mark.comment, _to_fix(mark))
    return "; ".join(filter(None, parts))


def _to_fix(mark: Mark) -> str:
    """Return what is still to be fixed; what people gave full points for is not."""
    if mark.score is not None and mark.score >= mark.max_score:
        return ""
    if mark.does_not_run:
        return f"the file does not run: {mark.does_not_run}"
    failed = [
        check.named
        for check in mark.checks
        if check.outcome == "failed" and check.score < check.max_score
    ]
    return f"to fix: {', '.join(failed)}" if failed else ""
