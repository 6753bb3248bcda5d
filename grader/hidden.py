"""Says that a hidden check fails, and nothing of what it asks."""

from grader.exercise import Check
from grader.results import CheckResult, Diagnosis, Outcome


def failed(check: Check, diagnosis: Diagnosis | None, score: float = 0.0) -> CheckResult:
    """Return the result of a hidden check that fails.

    Args:
        check: a hidden one.
        diagnosis: what explains everything that is wrong with the submission, if anything does.
        score: points for what is right all the same.
    """
    return CheckResult(
        check.id,
        check.title,
        Outcome.FAILED,
        score,
        check.points,
        check.visibility,
        f"“{check.title}” is a hidden check: it fails, and what it asks is not shown",
        diagnosis=diagnosis,
    )
