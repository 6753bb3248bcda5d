"""Prepares an exercise, its oracles and its misconceptions, once for all submissions."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias
from warnings import catch_warnings, filterwarnings

from grader.engines.oracles.expected import Expected, Oracle
from grader.engines.oracles.recorded_answers import RecordedOracle
from grader.errors import Misused, install_command
from grader.exercises.exercise import Exercise
from grader.exercises.exercise_programs import first_oracle
from grader.grading.prepared_exercise import PreparedExercise, prepare_exercise
from grader.grading.request import GradeRequest
from grader.grading.stages import GradingOptions

if TYPE_CHECKING:
    from grader.engines.oracles.recorded_answers import LiveOracle
    from grader.feedback.diagnosis.one_misconception import Misconception
    from grader.feedback.diagnosis.recorded_misconceptions import RecordedMisconceptions
    from grader.feedback.diagnosis.two_misconceptions import AskEngine, MakeTwoMutants
    from grader.grading.mutants.answers import MutantAnswers
    from grader.grading.mutants.two_mutants import TwoMutants

RECORDED = "torch.json"
FINGERPRINTS = "mutants.json"
FindMisconceptions: TypeAlias = "Callable[[Mapping[str, Expected]], Iterable[Misconception]]"


class NoTorch(Misused):
    """Torch is to be asked now, and is not installed."""

    def __init__(self, message: str = "torch is not installed") -> None:
        super().__init__(message, hint=install_command("torch"))


def prepare(exercise: Exercise, request: GradeRequest) -> tuple[PreparedExercise, GradingOptions]:
    """Prepare what does not depend on a submission: an exercise, and the options for grading.

    Raises:
        BrokenExercise: a check cannot be recorded.
        NoTorch: torch is to be asked now, and is not installed.
    """
    if request.shows_hidden:
        shown = (check._replace(visibility="public") for check in exercise.checks)
        exercise = exercise._replace(checks=tuple(shown))
    prepared = prepare_exercise(exercise, oracles(exercise, request.oracles), request.seed)
    options = GradingOptions(
        request.class_name,
        misconceptions=misconceptions_of(exercise),
        two_mutants=two_mutants_of(exercise),
        examples_s=request.examples_s,
        repair_steps=request.repair_steps,
        for_staff=request.for_staff,
    )
    return prepared, options


def oracles(exercise: Exercise, which: str) -> list[Oracle]:
    """Return the reference engine and torch, live or as it was recorded."""
    first = first_oracle(exercise)
    if which == "live":
        return [first, live_torch(exercise)]
    return [first, RecordedOracle(exercise.folder / RECORDED)]


def misconceptions_of(exercise: Exercise) -> FindMisconceptions:
    """Return a way to get the misconceptions: as recorded, or by asking the mutants now."""
    recorded: list[RecordedMisconceptions] = []
    mutants: list[MutantAnswers] = []

    def misconceptions(expected: Mapping[str, Expected]) -> "Iterable[Misconception]":
        # a right submission has no use for them
        from grader.feedback.diagnosis.recorded_misconceptions import RecordedMisconceptions

        recorded[:] = recorded or [RecordedMisconceptions(exercise.folder / FINGERPRINTS)]
        if recorded[0].cover(expected):
            return recorded[0].misconceptions(expected)
        from grader.grading.mutants.answers import MutantAnswers

        mutants[:] = mutants or [MutantAnswers(exercise)]
        return mutants[0].misconceptions(expected)

    return misconceptions


def two_mutants_of(exercise: Exercise) -> "MakeTwoMutants":
    """Return a way to make engines with two misconceptions, once one is needed."""
    mutants: list[TwoMutants] = []

    def engine(one: str, other: str) -> "AskEngine | None":
        # most submissions have one fault, if any
        from grader.grading.mutants.two_mutants import TwoMutants

        mutants[:] = mutants or [TwoMutants(exercise)]
        return mutants[0].together(one, other)

    return engine


def live_torch(exercise: Exercise | None = None) -> "LiveOracle":
    """Return torch, asked now, with what an exercise's author has defined.

    Raises:
        NoTorch: it is not installed.
    """
    try:
        with catch_warnings():
            filterwarnings("ignore", "Failed to initialize NumPy")  # which nobody has asked for
            from grader.engines.oracles.pytorch import SecondOracle, Torch
    except ImportError as error:
        raise NoTorch from error
    if exercise is None or not exercise.definitions:
        return Torch()
    return SecondOracle(exercise.definitions, first_oracle(exercise))
