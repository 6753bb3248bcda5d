"""What a check asks, as a Program."""

from grader.engines.program import Program
from grader.exercises.check_recorder import record
from grader.exercises.exercise import Check
from grader.exercises.training import course


def asked_by(check: Check) -> Program:
    """Return what a check asks: of a training, that which starts and goes as the sheet says.

    Of a training of any shape nothing can be asked: its Program is empty.
    """
    if check.evidence is not None and check.evidence.lesson is not None:
        return course(check.function, check.evidence.lesson).program
    if check.evidence is not None and check.evidence.descent is not None:
        return Program((), ())
    return record(check.function)
