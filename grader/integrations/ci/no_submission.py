"""The report where there is nothing to grade: no points, and why."""

from collections.abc import Iterable

from grader.errors import GraderError
from grader.exercises.exercise import Check, Exercise
from grader.reports.report import SCHEMA, CheckResult, HandedIn, Outcome, Report

NOBODYS = "0" * 64


def empty_report(exercises: Iterable[Exercise], error: GraderError, seed: int) -> list[Report]:
    """Return a report of each exercise in which every check has failed for want of a submission.

    Args:
        exercises: that were to be graded.
        error: why there is nothing.
        seed: of the run.
    """
    return [_report(exercise, error, seed) for exercise in exercises]


def _report(exercise: Exercise, error: GraderError, seed: int) -> Report:
    checks = tuple(_failed(check, error.message) for check in exercise.checks)
    return Report(
        SCHEMA,
        exercise.path,
        exercise.title,
        HandedIn("nothing", NOBODYS, "script"),
        score=0.0,
        max_score=sum(check.max_score for check in checks),
        passed=False,
        checks=checks,
        notes=(error.hint,),
        oracles=("reference",),
        isolation="limits",
        seed=seed,
        duration_s=0.0,
    )


def _failed(check: Check, reason: str) -> CheckResult:
    points, visibility = check.points, check.visibility
    return CheckResult(check.id, check.title, Outcome.FAILED, 0.0, points, visibility, reason)
