"""Marks: the submission that counts of each person, what being late costs, what people changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final, NamedTuple

from sqlalchemy import Connection, insert, select, update

from grader.course.batch.lateness import with_late_penalty
from grader.course.batch.overrides import Override, apply_overrides
from grader.course.marks import Mark
from grader.service.database.courses import (
    CourseExercise,
    CourseRecord,
    Extension,
    exercises_in,
    extensions_in,
)
from grader.service.database.gradings import Grading, gradings_with
from grader.service.database.people import Person, people_with
from grader.service.database.schema import overrides
from grader.service.database.submissions import SubmissionRecord, submissions_in

FAILED: Final = "the grader failed on it; we look into it, and it costs nothing"


class WrittenOverride(NamedTuple):
    """What a person says of a mark, or of a check in it.

    Attributes:
        number: the later, the more.
        exercise: its path.
        person_id: whose mark.
        check_id: "" for the whole mark.
        score: points; None where there is only something to say.
        comment: what the student reads.
        by_id: who says so.
        made_at: when.
    """

    number: int
    exercise: str
    person_id: str
    check_id: str
    score: float | None
    comment: str
    by_id: str | None
    made_at: float = 0.0


class CountedMark(NamedTuple):
    """A mark, and the submission that it is of."""

    mark: Mark
    submission: SubmissionRecord


class _Attempt(NamedTuple):
    """A submission with its grading."""

    submission: SubmissionRecord
    grading: Grading


class _CourseRules(NamedTuple):
    """What turns attempts into marks in a course."""

    course: CourseRecord
    exercises: Mapping[str, CourseExercise]
    titles: Mapping[str, str]
    extensions: Mapping[tuple[str, str], Extension]
    overrides: Sequence[WrittenOverride]
    names: Mapping[str, Person]


class WhichMarks(NamedTuple):
    """The marks of a course that are asked for.

    Attributes:
        exercise: of this one alone; "" for all.
        person_id: of this person alone; "" for everyone.
        instead: gradings that stand in place of those that count, by the submission's number.
    """

    exercise: str = ""
    person_id: str = ""
    instead: Mapping[int, str] = MappingProxyType({})


def marks_in(
    connection: Connection,
    course: CourseRecord,
    titles: Mapping[str, str],
    which: WhichMarks = WhichMarks(),  # noqa: B008  (it is frozen)
) -> list[CountedMark]:
    """Return the marks of a course, by exercise in their order, then by person.

    Args:
        connection: to the database.
        course: which one.
        titles: of its exercises, by path.
        which: of them.
    """
    handed = [
        one._replace(grading_id=which.instead.get(one.number, one.grading_id))
        for one in submissions_in(connection, course.id, which.exercise, which.person_id)
    ]
    ids = [one.grading_id for one in handed if one.grading_id]
    graded = gradings_with(connection, ids)
    attempts: dict[tuple[str, str], list[_Attempt]] = defaultdict(list)
    for one in handed:
        if one.grading_id in graded and not one.is_waiting:
            key = one.exercise, one.person_id
            attempts[key].append(_Attempt(one, graded[one.grading_id]))
    rules = _rules(connection, course, titles, {one.person_id for one in handed})
    places = {path: position for position, path in enumerate(rules.exercises)}
    keys = sorted(attempts, key=lambda key: (places.get(key[0], len(places)), key[1]))
    return [_counted(rules, attempts[key]) for key in keys]


def add_override(connection: Connection, course_id: str, said: WrittenOverride) -> None:
    """Write down what a person says of a mark; it stays whatever is graded again."""
    values = {**said._asdict(), "course_id": course_id}
    del values["number"]
    connection.execute(insert(overrides).values(**values))


def withdraw_override(connection: Connection, course_id: str, number: int, at: float) -> bool:
    """Have a line of a person's count no more; return whether it did."""
    here = (
        overrides.c.course_id == course_id,
        overrides.c.number == number,
        overrides.c.withdrawn_at.is_(None),
    )
    return bool(connection.execute(update(overrides).where(*here).values(withdrawn_at=at)).rowcount)


def overrides_in(connection: Connection, course_id: str) -> list[WrittenOverride]:
    """Return what people say of the marks of a course, the latest last."""
    here = overrides.c.course_id == course_id, overrides.c.withdrawn_at.is_(None)
    found = select(overrides).where(*here).order_by(overrides.c.number)
    rows = connection.execute(found).mappings().all()
    return [WrittenOverride(*(row[name] for name in WrittenOverride._fields)) for row in rows]


def _rules(
    connection: Connection, course: CourseRecord, titles: Mapping[str, str], ids: Iterable[str]
) -> _CourseRules:
    said = overrides_in(connection, course.id)
    everyone = {*ids, *(one.by_id for one in said if one.by_id)}
    return _CourseRules(
        course,
        {one.path: one for one in exercises_in(connection, course.id)},
        titles,
        extensions_in(connection, course.id),
        said,
        people_with(connection, everyone),
    )


def _counted(rules: _CourseRules, attempts: Sequence[_Attempt]) -> CountedMark:
    """Return the mark that counts, of attempts of which the newest is the first."""
    marks = [CountedMark(_after_late(rules, one), one.submission) for one in attempts]
    valid = [one for one in marks if not _failed(one)] or marks[:1]
    if rules.course.counts == "best":
        best = max(valid, key=lambda one: (one.mark.score or 0.0, -one.submission.number))
    else:
        best = valid[0]
    return best._replace(mark=_overridden(rules, best.mark))


def _failed(one: CountedMark) -> bool:
    return one.mark.problem == FAILED


def _after_late(rules: _CourseRules, attempt: _Attempt) -> Mark:
    submission, grading = attempt
    person = rules.names.get(submission.person_id, Person(submission.person_id))
    problem = FAILED if grading.is_ours else grading.problem
    mark = Mark(
        person.student,
        submission.exercise,
        rules.titles.get(submission.exercise, submission.exercise),
        grading.score,
        grading.max_score,
        raw_score=grading.score,
        timestamp=datetime.fromtimestamp(submission.made_at, UTC).isoformat(timespec="seconds"),
        problem=problem,
        submission=submission.id,
        checks=grading.checks,
    )
    exercise = rules.exercises.get(submission.exercise)
    if exercise is None:
        return mark
    more = rules.extensions.get((submission.exercise, submission.person_id))
    return with_late_penalty(mark, exercise.late_policy(more.due if more else None))


def _overridden(rules: _CourseRules, mark: Mark) -> Mark:
    lines = [
        _line(rules, one)
        for one in rules.overrides
        if one.person_id == mark.student.key and one.exercise == mark.exercise
    ]
    (changed,) = apply_overrides([mark], lines).marks
    return changed


def _line(rules: _CourseRules, said: WrittenOverride) -> Override:
    person = rules.names.get(said.by_id or "")
    who = person.shown if person else ""
    check = said.check_id or said.exercise
    return Override(said.number, said.person_id, check, said.score, said.comment, who)
