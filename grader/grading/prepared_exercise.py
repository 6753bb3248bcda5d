"""Everything that an exercise asks, with what the oracles say: the same for all submissions."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from grader.engines.oracles.expected import AskOracles, Expected, Oracle, memoised
from grader.exercises.exercise import Exercise
from grader.exercises.exercise_programs import (
    DEFAULT_SEED,
    programs,
)
from grader.feedback.shrinking.candidates import Candidates


class PreparedExercise(NamedTuple):
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
    questions: Mapping[str, Expected]
    oracles: tuple[str, ...]
    ask: AskOracles
    near: Candidates


def prepare_exercise(
    exercise: Exercise, oracles: Sequence[Oracle], seed: int = DEFAULT_SEED
) -> PreparedExercise:
    """Return all that an exercise asks, with what the oracles say.

    Args:
        exercise: from the catalogue.
        oracles: the first one's answers are compared with a submission's; all must agree.
        seed: for the random graphs.

    Raises:
        BrokenExercise: a check cannot be recorded.
    """
    ask = memoised(oracles)
    asked = {key: ask(program) for key, program in programs(exercise, seed).items()}
    labels = [oracle.label for oracle in oracles]
    heard = [label for label in labels if all(label in one.by_oracle for one in asked.values())]
    return PreparedExercise(exercise, seed, asked, tuple(heard), ask, Candidates())
