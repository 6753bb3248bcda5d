"""Leaves out the checks that look at what the cells did when they ran.

A kernel keeps what cells made, not how: what they printed, and each step of a training, is gone. To
watch every cell of a student's kernel would put our lines into the tracebacks of their own work,
and keep alive what they throw away; and a cell that ran three times, or out of order, has trained
otherwise than its notebook says. So these checks wait for a run from top to bottom.
"""

from collections.abc import Sequence

from grader.exercises.exercise import Check, Exercise
from grader.reports.report import CheckResult, Outcome, Report


def without_runs(exercise: Exercise) -> Exercise:
    """Return an exercise without its checks of a run, and what comes after them after nothing."""
    kept: dict[str, Check] = {}
    for check in exercise.checks:
        if check.own_run is None:
            needed = tuple(kept[one.id] for one in check.after if one.id in kept)
            kept[check.id] = check._replace(after=needed)
    return exercise._replace(checks=tuple(kept.values()))


def with_runs(report: Report, exercise: Exercise) -> Report:
    """Return the report on what was asked, with the checks of a run in it as not asked."""
    results = {check.id: check for check in report.checks}
    checks = tuple(results.get(check.id) or _not_asked(check) for check in exercise.checks)
    return report._replace(
        checks=checks,
        max_score=sum(check.max_score for check in checks),
        passed=all(check.outcome is Outcome.PASSED for check in checks),
    )


def note_on_runs(exercises: Sequence[Exercise], command: str) -> str:
    """Return the sentence on what was not asked, "" where all was.

    Args:
        exercises: whole ones.
        command: what does ask it.
    """
    count = sum(check.own_run is not None for one in exercises for check in one.checks)
    if not count:
        return ""
    looks = "1 check looks" if count == 1 else f"{count} checks look"
    return (
        f"{looks} at what your cells did when they ran, and what ran before is not kept: "
        f"save the notebook, then {command}"
    )


def _not_asked(check: Check) -> CheckResult:
    return CheckResult(
        check.id,
        check.title,
        Outcome.SKIPPED,
        score=0.0,
        max_score=check.points,
        visibility=check.visibility,
        message="asked of a notebook that runs from top to bottom: --fresh",
    )
