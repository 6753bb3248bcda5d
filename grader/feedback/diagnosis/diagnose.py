"""Names the misconceptions behind what is wrong: one that explains all of it, or two together."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from grader.feedback.diagnosis.one_misconception import Suspect, diagnose
from grader.feedback.diagnosis.two_misconceptions import Case, Together, diagnose_pair
from grader.reports.report import Diagnosis

Named: TypeAlias = Callable[[str], tuple[Diagnosis, ...]]
"""The id of what is wrong → the misconceptions that it is wrong by, none where that is unknown."""


def name_faults(case: Case, suspects: Iterable[Suspect], together: Together) -> Named:
    """Return what tells the misconceptions that a submission goes wrong by.

    Args:
        case: what was asked and answered, something of it wrong.
        suspects: where each known misconception goes wrong.
        together: makes an engine with two of them; asked only where none fits alone.
    """
    known = list(suspects)
    programs = {key: question.program for key, question in case.asked.items()}
    right = case.seen.keys() - case.wrong.keys()
    one = diagnose(programs, case.seen, right, known)
    if one is not None:
        return lambda _: (one,)
    two = diagnose_pair(case, known, together)
    return lambda key: two.get(key, ())
