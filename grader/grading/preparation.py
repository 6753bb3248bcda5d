"""What an exercise asks, and who knows the answers: made ready once for all submissions."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from grader.engines.oracles.expected import Expected, Oracle
from grader.engines.oracles.recorded_answers import RecordedOracle
from grader.engines.oracles.textbook import Textbook
from grader.errors import Misused, install_command
from grader.exercises.exercise import Exercise
from grader.feedback.diagnosis.one_misconception import Misconception
from grader.grading.prepared_exercise import PreparedExercise, prepare_exercise
from grader.grading.request import GradeRequest
from grader.grading.stages import GradingOptions

if TYPE_CHECKING:
    from grader.feedback.diagnosis.recorded_misconceptions import RecordedMisconceptions
    from grader.feedback.diagnosis.two_misconceptions import AskEngine, MakeTwoMutants
    from grader.grading.mutants.answers import MutantAnswers
    from grader.grading.mutants.two_mutants import TwoMutants

RECORDED = "torch.json"
FINGERPRINTS = "mutants.json"
FindMisconceptions = Callable[[Mapping[str, Expected]], Iterable[Misconception]]


def prepare(exercise: Exercise, choice: GradeRequest) -> tuple[PreparedExercise, GradingOptions]:
    """Return what an exercise asks, and how: all that does not depend on a submission.

    Raises:
        BrokenExercise: a check cannot be recorded.
        Misused: torch is to be asked now, and is not installed.
    """
    asked = prepare_exercise(exercise, oracles(exercise, choice.oracles), choice.seed)
    options = GradingOptions(
        choice.class_name,
        suspects=misconceptions_of(exercise),
        together=two_mutants_of(exercise),
        examples_s=choice.examples_s,
    )
    return asked, options


def oracles(exercise: Exercise, which: str) -> list[Oracle]:
    """Return the reference engine and torch, live or as it was recorded."""
    if which == "live":
        return [Textbook(), live_torch()]
    return [Textbook(), RecordedOracle(exercise.folder / RECORDED)]


def misconceptions_of(exercise: Exercise) -> FindMisconceptions:
    """Return what gives where each misconception goes wrong: as written down, or found out now."""
    read: list[RecordedMisconceptions] = []
    lineup: list[MutantAnswers] = []

    def suspects(asked: Mapping[str, Expected]) -> Iterable[Misconception]:
        # a right submission has no use for them
        from grader.feedback.diagnosis.recorded_misconceptions import RecordedMisconceptions

        read[:] = read or [RecordedMisconceptions(exercise.folder / FINGERPRINTS)]
        if read[0].cover(asked):
            return read[0].misconceptions(asked)
        from grader.grading.mutants.answers import MutantAnswers

        lineup[:] = lineup or [MutantAnswers(exercise)]
        return lineup[0].suspects(asked)

    return suspects


def two_mutants_of(exercise: Exercise) -> "MakeTwoMutants":
    """Return what makes engines with two misconceptions of an exercise, once one is needed."""
    made: list[TwoMutants] = []

    def engine(one: str, other: str) -> "AskEngine | None":
        # most submissions have one fault, if any
        from grader.grading.mutants.two_mutants import TwoMutants

        made[:] = made or [TwoMutants(exercise)]
        return made[0].together(one, other)

    return engine


def live_torch() -> Textbook:
    """Return torch, asked now.

    Raises:
        Misused: torch is not installed.
    """
    try:
        from grader.engines.oracles.pytorch import Torch
    except ImportError as error:
        raise Misused("torch is not installed", hint=install_command("torch")) from error
    return Torch()
