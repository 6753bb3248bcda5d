"""What an exercise asks, and who knows the answers: made ready once for all submissions."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from grader.engines.oracles.expected import Oracle, Question
from grader.engines.oracles.recorded_answers import Recorded
from grader.engines.oracles.textbook import Engine
from grader.errors import Misused
from grader.exercises.exercise import Exercise
from grader.feedback.diagnosis.one_misconception import Suspect
from grader.grading.prepared_exercise import Questionnaire, questionnaire
from grader.grading.request import Choice
from grader.grading.stages import Options

if TYPE_CHECKING:
    from grader.feedback.diagnosis.recorded_misconceptions import Fingerprints
    from grader.feedback.diagnosis.two_misconceptions import Answering, Together
    from grader.grading.mutants.answers import Lineup
    from grader.grading.mutants.two_mutants import Couples

RECORDED = "torch.json"
FINGERPRINTS = "mutants.json"
Suspects = Callable[[Mapping[str, Question]], Iterable[Suspect]]


def prepare(exercise: Exercise, choice: Choice) -> tuple[Questionnaire, Options]:
    """Return what an exercise asks, and how: all that does not depend on a submission.

    Raises:
        BrokenExercise: a check cannot be recorded.
        Misused: torch is to be asked now, and is not installed.
    """
    asked = questionnaire(exercise, oracles(exercise, choice.oracles), choice.seed)
    options = Options(
        choice.class_name,
        suspects=suspected(exercise),
        together=together(exercise),
        examples_s=choice.examples_s,
    )
    return asked, options


def oracles(exercise: Exercise, which: str) -> list[Oracle]:
    """Return the reference engine and torch, live or as it was recorded."""
    if which == "live":
        return [Engine(), live_torch()]
    return [Engine(), Recorded(exercise.folder / RECORDED)]


def suspected(exercise: Exercise) -> Suspects:
    """Return what gives where each misconception goes wrong: as written down, or found out now."""
    read: list[Fingerprints] = []
    lineup: list[Lineup] = []

    def suspects(asked: Mapping[str, Question]) -> Iterable[Suspect]:
        # a right submission has no use for them
        from grader.feedback.diagnosis.recorded_misconceptions import Fingerprints

        read[:] = read or [Fingerprints(exercise.folder / FINGERPRINTS)]
        if read[0].know(asked):
            return read[0].suspects(asked)
        from grader.grading.mutants.answers import Lineup

        lineup[:] = lineup or [Lineup(exercise)]
        return lineup[0].suspects(asked)

    return suspects


def together(exercise: Exercise) -> "Together":
    """Return what makes engines with two misconceptions of an exercise, once one is needed."""
    made: list[Couples] = []

    def engine(one: str, other: str) -> "Answering | None":
        # most submissions have one fault, if any
        from grader.grading.mutants.two_mutants import Couples

        made[:] = made or [Couples(exercise)]
        return made[0].together(one, other)

    return engine


def live_torch() -> Engine:
    """Return torch, asked now.

    Raises:
        Misused: torch is not installed.
    """
    try:
        from grader.engines.oracles.pytorch import Torch
    except ImportError as error:
        raise Misused(
            "torch is not installed", hint='pip install "autograd-grader[torch]"'
        ) from error
    return Torch()
