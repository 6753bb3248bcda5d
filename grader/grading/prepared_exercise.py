"""Everything that an exercise asks, with what the oracles say: the same for all submissions."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from grader.engines.oracles.expected import Ask, Oracle, Question, remembering
from grader.exercises.exercise import Exercise
from grader.exercises.exercise_programs import (
    DEFAULT_SEED,
    programs,
)
from grader.feedback.shrinking.candidates import Neighbours


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
