"""Everything that an exercise asks, with what the oracles say: the same for all submissions."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from grader.engines.oracles.expected import Ask, Oracle, Question, remembering
from grader.engines.program import Program
from grader.exercises.check_recorder import record
from grader.exercises.exercise import Exercise
from grader.exercises.exercise_programs import asked_by
from grader.exercises.random.scalar_programs import generate, taught_by
from grader.feedback.shrinking.candidates import Neighbours
from grader.sandbox.engine_class import USUAL

DEFAULT_SEED = 12345
STRIDE = 1_000_003
LAYOUTS = 4


class Questionnaire(NamedTuple):
    """What is put to a submission.

    Attributes:
        exercise: whose it is.
        seed: of its random graphs.
        questions: the ids of `programs` → what is asked, with what the oracles say.
        oracles: their labels, those that answered everything.
        ask: puts further Programs to the oracles.
        near: what is known of the neighbours of Programs that have been failed.
    """

    exercise: Exercise
    seed: int
    questions: Mapping[str, Question]
    oracles: tuple[str, ...]
    ask: Ask
    near: Neighbours


def questionnaire(
    exercise: Exercise, oracles: Sequence[Oracle], seed: int = DEFAULT_SEED
) -> Questionnaire:
    """Return all that an exercise asks, with what the oracles say.

    Args:
        exercise: from the catalogue.
        oracles: the first one's answers are compared with a submission's; all must agree.
        seed: for the random graphs.

    Raises:
        BrokenExercise: a check cannot be recorded.
    """
    ask = remembering(oracles)
    asked = {key: ask(program) for key, program in programs(exercise, seed).items()}
    labels = [oracle.label for oracle in oracles]
    heard = [label for label in labels if all(label in one.expected for one in asked.values())]
    return Questionnaire(exercise, seed, asked, tuple(heard), ask, Neighbours())


def programs(exercise: Exercise, seed: int = DEFAULT_SEED) -> dict[str, Program]:
    """Return every Program of an exercise.

    Args:
        exercise: from the catalogue.
        seed: for the random ones.

    Returns:
        The id of a check or advisory → what it asks; "id@1", "id@2", … → the same in other layouts;
        "id#1", "id#2", … → random graphs that a check asks besides, each in one of LAYOUTS.

    Raises:
        BrokenExercise: a check cannot be recorded.
    """
    fixed = {check.id: asked_by(check) for check in exercise.checks}
    fixed |= {advisory.id: record(advisory.function) for advisory in exercise.advisories}
    laid_out = {
        f"{check.id}@{layout}": fixed[check.id]._replace(layout=layout)
        for check in exercise.checks
        for layout in range(1, check.layouts)
    }
    taught = taught_by(exercise.taught)
    taken = {name for program in fixed.values() for name in program.takes()}
    engine = next((name for name in USUAL if name in taken), USUAL[0])
    random = {
        f"{check.id}#{number}": generate(seed * STRIDE + number, taught)
        .taking(USUAL[0], engine)
        ._replace(layout=number % LAYOUTS)
        for check in exercise.checks
        for number in range(1, check.random + 1)
    }
    return fixed | laid_out | random


def check_of(key: str) -> str:
    """Return the id of the check or advisory that asks the Program of this key."""
    return key.partition("#")[0].partition("@")[0]
