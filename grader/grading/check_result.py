"""Puts together the result of one check; that of a hidden one shows nothing of what it asks."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from grader.exercises.exercise import Check
from grader.reports.report import CheckResult, Counterexample, Diagnosis, Outcome

if TYPE_CHECKING:
    from grader.grading.own_run.run_result import RunResult


def check_result(
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


def is_unexplained(result: CheckResult) -> bool:
    """Return whether a check fails, and no misconception says why."""
    return result.outcome is Outcome.FAILED and result.diagnosis is None


def hidden_result(check: Check, diagnoses: Sequence[Diagnosis], score: float = 0.0) -> CheckResult:
    """Return the result of a hidden check that fails.

    Args:
        check: a hidden one.
        diagnoses: what explains what is wrong with the submission, if anything does.
        score: points for what is right all the same.
    """
    says = f"“{check.title}” is a hidden check: it fails, and what it asks is not shown"
    return check_result(check, Outcome.FAILED, says, diagnoses=diagnoses)._replace(score=score)


def run_check_result(
    check: Check, run: "RunResult", diagnoses: Sequence[Diagnosis] = ()
) -> CheckResult:
    """Return the result of a check of the submission's own run.

    Args:
        check: one with evidence.
        run: what it came to.
        diagnoses: the misconceptions behind it, as far as they are known.
    """
    if run.expected.disagreement:
        return check_result(check, Outcome.BROKEN, f"not your fault: {run.expected.disagreement}")
    if run.mismatch is None:
        curve = run.curve if check.is_public else None
        return check_result(check, Outcome.PASSED, "")._replace(training=curve)
    if not check.is_public:
        return hidden_result(check, diagnoses, run.score)
    failed = check_result(check, Outcome.FAILED, run.message, run.example, diagnoses)
    return failed._replace(score=run.score, training=run.curve)
