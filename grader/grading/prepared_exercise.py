"""Everything that an exercise asks, with what the oracles say: the same for all submissions."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from grader.engines.oracles.expected import AskOracles, Expected, Oracle, memoised
from grader.engines.program import Program
from grader.exercises.exercise import Exercise
from grader.exercises.exercise_programs import DEFAULT_SEED, programs, with_other_numbers

if TYPE_CHECKING:
    from grader.feedback.shrinking.candidates import Candidates


class PreparedExercise(NamedTuple):
    """Everything that an exercise asks of a submission, with the oracles' answers.

    Attributes:
        exercise: whose it is.
        seed: of its random graphs.
        expected: the ids of `programs` → what is asked, with what the oracles say.
        oracles: their labels, those that answered everything.
        ask: puts further Programs to the oracles.
        candidates: gives the smaller neighbours of Programs that submissions fail, worked out once
            for all; a submission that passes makes none.
    """

    exercise: Exercise
    seed: int
    expected: Mapping[str, Expected]
    oracles: tuple[str, ...]
    ask: AskOracles
    candidates: "Callable[[], Candidates]"


def prepare_exercise(
    exercise: Exercise, oracles: Sequence[Oracle], seed: int = DEFAULT_SEED
) -> PreparedExercise:
    """Return all that an exercise asks, with what the oracles say.

    Args:
        exercise: from the catalogue.
        oracles: the first one's answers are compared with a submission's; all must agree.
        seed: for the random graphs; with any but everyone's, the checks' own Programs are asked
            with other numbers besides.

    Raises:
        BrokenExercise: a check cannot be recorded.
    """
    ask = memoised(oracles)
    asked = programs(exercise, seed)
    expected = {key: ask(program) for key, program in asked.items()}
    if seed != DEFAULT_SEED:
        expected |= _others(exercise, asked, seed, ask)
    labels = tuple(
        oracle.label
        for oracle in oracles
        if all(oracle.label in expectation.by_oracle for expectation in expected.values())
    )
    return PreparedExercise(exercise, seed, expected, labels, ask, cache(_no_candidates))


def _others(
    exercise: Exercise, known: Mapping[str, Program], seed: int, ask: AskOracles
) -> dict[str, Expected]:
    """Return what the checks ask with other numbers, as far as the oracles have an answer."""
    asked = with_other_numbers(exercise, known, seed, partial(can_be_compared, ask))
    expected = {key: ask(program) for key, program in asked.items()}
    return {key: one for key, one in expected.items() if not one.disagreement}


def can_be_compared(ask: AskOracles, program: Program) -> bool:
    """Return whether the oracles agree on a Program that stays within safe ranges."""
    from grader.engines.probes import probe  # everyone's seed asks nothing that it has to see to
    from grader.engines.safe_ranges import is_safe

    probes = probe(program)
    expected = ask(probes.program)
    return not expected.disagreement and is_safe(program, probes, expected.want)


def _no_candidates() -> "Candidates":
    from grader.feedback.shrinking.candidates import Candidates  # for failing runs alone

    return Candidates()
