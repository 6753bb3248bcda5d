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

Named: TypeAlias = Callable[[str], tuple[Diagnosis, ...]]
"""The id of what is wrong → the misconceptions that it is wrong by, none where that is unknown."""


def diagnose(
    case: SubmissionAnswers, suspects: Iterable[Misconception], together: MakeTwoMutants
) -> Named:
    """Return what tells the misconceptions that a submission goes wrong by.

    Args:
        case: what was asked and answered, something of it wrong.
        suspects: where each known misconception goes wrong.
        together: makes an engine with two of them; asked only where none fits alone.
    """
    known = list(suspects)
    programs = {key: question.program for key, question in case.asked.items()}
    right = case.seen.keys() - case.wrong.keys()
    one = one_misconception(programs, case.seen, right, known)
    if one is not None:
        return lambda _: (one,)
    two = two_misconceptions(case, known, together)
    return lambda key: two.get(key, ())
