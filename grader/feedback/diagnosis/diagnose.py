"""Names the misconceptions behind what is wrong: one that explains all of it, or two together."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from grader.feedback.diagnosis.one_misconception import Misconception, one_misconception
from grader.feedback.diagnosis.two_misconceptions import (
    MakeTwoMutants,
    SubmissionAnswers,
    two_misconceptions,
)
from grader.reports.report import Diagnosis

Diagnoses: TypeAlias = Callable[[str], tuple[Diagnosis, ...]]
"""The id of what is wrong → the misconceptions that it is wrong by, none where that is unknown."""


def diagnose(
    submission: SubmissionAnswers, misconceptions: Iterable[Misconception], make_two: MakeTwoMutants
) -> Diagnoses:
    """Return the misconceptions that a submission goes wrong by, for whatever is wrong.

    Args:
        submission: its answers, some of them wrong.
        misconceptions: each that is known, and where it goes wrong.
        make_two: makes an engine with two of them; called only where none fits alone.
    """
    known = list(misconceptions)
    programs = {key: expected.program for key, expected in submission.expected.items()}
    right = submission.observations.keys() - submission.mismatches.keys()
    one = one_misconception(programs, submission.observations, right, known)
    if one is not None:
        return lambda _: (one,)
    two = two_misconceptions(submission, known, make_two)
    return lambda key: two.get(key, ())
