"""Puts together the result of one check; that of a hidden one shows nothing of what it asks."""

from collections.abc import Sequence

from grader.exercises.exercise import Check
from grader.reports.report import CheckResult, Counterexample, Diagnosis, Outcome


def result(
    check: Check,
    outcome: Outcome,
    message: str,
    example: Counterexample | None = None,
    diagnoses: Sequence[Diagnosis] = (),
) -> CheckResult:
    """Return the result of a check; all of its points where it passed, or is broken.

    Args:
        check: what was asked.
        outcome: how it came out.
        message: what there is to say.
        example: what there is to show.
        diagnoses: the misconceptions behind it, as far as they are known.
    """
    scored = outcome in (Outcome.PASSED, Outcome.BROKEN)
    return CheckResult(
        check.id,
        check.title,
        outcome,
        score=check.points if scored else 0.0,
        max_score=check.points,
        visibility=check.visibility,
        message=message,
        counterexample=example,
        diagnosis=diagnoses[0] if diagnoses else None,
        further=tuple(diagnoses[1:]),
    )


def hidden(check: Check, diagnoses: Sequence[Diagnosis], score: float = 0.0) -> CheckResult:
    """Return the result of a hidden check that fails.

    Args:
        check: a hidden one.
        diagnoses: what explains what is wrong with the submission, if anything does.
        score: points for what is right all the same.
    """
    says = f"“{check.title}” is a hidden check: it fails, and what it asks is not shown"
    return result(check, Outcome.FAILED, says, diagnoses=diagnoses)._replace(score=score)
