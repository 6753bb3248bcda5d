"""A student's marks: what came of the submission, exercise by exercise."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grader.course.batch.folder import REPORTS
from grader.course.batch.jobs import NO_SUBMISSION, JobResult
from grader.course.marks import Mark, ScoredCheck
from grader.exercises.exercise import Exercise
from grader.exercises.late_policy import LatePolicy
from grader.reports.report import CheckResult, Outcome, Report
from grader.submissions.intake.student_submission import StudentSubmission
from grader.submissions.submission import listed


class ExerciseWorth(NamedTuple):
    """The worth of an exercise.

    Attributes:
        path: of the exercise, "my475/ex9".
        title: what it is called.
        points: what its checks add up to.
        late: when it is due, and what it costs to be late.
    """

    path: str
    title: str
    points: float
    late: LatePolicy = LatePolicy()


def worth_of(exercise: Exercise) -> ExerciseWorth:
    """Return the worth of an exercise."""
    return ExerciseWorth(exercise.path, exercise.title, exercise.points, exercise.late)


def marks_of(
    submission: StudentSubmission, exercises: Sequence[ExerciseWorth], outcome: JobResult
) -> list[Mark]:
    """Return a mark for each exercise; without a score where nothing could be graded."""
    if not outcome.reports:
        return [_without(submission, one, outcome) for one in exercises]
    paths = {one.path for one in exercises}
    return [_mark(submission, report) for report in outcome.reports if report.exercise in paths]


def page_of(submission: StudentSubmission) -> str:
    """Return the path of a student's page, relative to the course's folder."""
    return f"{REPORTS}/{submission.student.key}.html"


def _without(submission: StudentSubmission, one: ExerciseWorth, outcome: JobResult) -> Mark:
    return Mark(
        submission.student,
        one.path,
        one.title,
        None,
        one.points,
        timestamp=submission.timestamp,
        late=submission.late,
        problem=problem_of(submission, outcome),
        page=page_of(submission),
    )


def problem_of(submission: StudentSubmission, outcome: JobResult) -> str:
    """Return why nothing could be graded, and what was handed in where no script was."""
    if outcome.problem != NO_SUBMISSION:
        return outcome.problem
    names = [file.name for file in submission.files]
    but = f", but {listed(names)}" if names else ""
    left_out = [f"left out: {line}" for line in submission.left_out]
    return "; ".join(filter(None, (f"{outcome.problem}{but}", submission.note, *left_out)))


def _mark(submission: StudentSubmission, report: Report) -> Mark:
    score = None if report.by_hand else report.score
    return Mark(
        submission.student,
        report.exercise,
        report.title,
        score,
        report.max_score,
        raw_score=score,
        problem=report.by_hand,
        timestamp=submission.timestamp,
        late=submission.late,
        submission=report.submission.name,
        page=page_of(submission),
        checks=tuple(map(_scored, report.checks)),
        does_not_run=_does_not_run(report),
    )


def _does_not_run(report: Report) -> str:
    """Return what the file itself raises, where that alone is told of whatever was asked."""
    told = {check.message for check in report.checks if check.outcome is Outcome.FAILED}
    passed = any(check.outcome is Outcome.PASSED for check in report.checks)
    message = told.pop() if len(told) == 1 else ""
    return message if message.startswith(f"{report.submission.name} ") and not passed else ""


def _scored(check: CheckResult) -> ScoredCheck:
    ids = tuple(_ids(check))
    return ScoredCheck(check.id, check.outcome, check.score, check.max_score, ids, check.title)


def _ids(check: CheckResult) -> Iterator[str]:
    for diagnosis in (check.diagnosis, *check.further):
        if diagnosis:
            yield diagnosis.id
