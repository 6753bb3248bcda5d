"""A student's marks: what came of the submission, exercise by exercise."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grader.course.batch.folder import REPORTS
from grader.course.batch.jobs import Upshot
from grader.course.marks import Mark, Scored
from grader.exercises.exercise import Exercise
from grader.exercises.late_policy import Deadline
from grader.reports.report import CheckResult, Report
from grader.submissions.intake.student_submission import Handed


class Asked(NamedTuple):
    """What an exercise is worth.

    Attributes:
        path: of the exercise, "my475/ex9".
        title: what it is called.
        points: what its checks add up to.
        late: when it is due, and what it costs to be late.
    """

    path: str
    title: str
    points: float
    late: Deadline = Deadline()


def asked(exercise: Exercise) -> Asked:
    """Return what a mark has to know of an exercise."""
    return Asked(exercise.path, exercise.title, exercise.points, exercise.late)


def marks_of(handed: Handed, exercises: Sequence[Asked], outcome: Upshot) -> list[Mark]:
    """Return a mark for each exercise; without a score where nothing could be graded."""
    if not outcome.reports:
        return [_without(handed, one, outcome) for one in exercises]
    return [_mark(handed, report) for report in outcome.reports]


def page_of(handed: Handed) -> str:
    """Return where a student's page is, relative to the course's folder."""
    return f"{REPORTS}/{handed.student.key}.html"


def _without(handed: Handed, one: Asked, outcome: Upshot) -> Mark:
    return Mark(
        handed.student,
        one.path,
        one.title,
        None,
        one.points,
        timestamp=handed.timestamp,
        late=handed.late,
        problem=outcome.problem,
        page=page_of(handed),
    )


def _mark(handed: Handed, report: Report) -> Mark:
    return Mark(
        handed.student,
        report.exercise,
        report.title,
        report.score,
        report.max_score,
        raw_score=report.score,
        timestamp=handed.timestamp,
        late=handed.late,
        submission=report.submission.name,
        page=page_of(handed),
        checks=tuple(map(_scored, report.checks)),
    )


def _scored(check: CheckResult) -> Scored:
    return Scored(check.id, check.outcome, check.score, check.max_score, tuple(_ids(check)))


def _ids(check: CheckResult) -> Iterator[str]:
    for diagnosis in (check.diagnosis, *check.further):
        if diagnosis:
            yield diagnosis.id
