"""Which misconception answers as the submission does, over everything that both were asked."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from grader.compare import same
from grader.exercise import Mutant
from grader.observation import Observation
from grader.program import Program
from grader.results import Diagnosis


class Answered(NamedTuple):
    """A mutant, and what it does with each Program, by the Program's id."""

    mutant: Mutant
    observations: Mapping[str, Observation]


def diagnose(
    programs: Mapping[str, Program],
    observations: Mapping[str, Observation],
    suspects: Iterable[Answered],
) -> Diagnosis | None:
    """Return the misconception that answers every Program as the submission does.

    Args:
        programs: id → Program.
        observations: id → what the submission did, for the Programs it was asked.
        suspects: the mutants' own answers.

    Returns:
        None where no mutant fits: an unknown fault gets no guess. Where several fit, a Diagnosis
        whose id names all, in the words of the first.
    """
    fits = [
        suspect.mutant
        for suspect in suspects
        if all(
            alike(programs[key], suspect.observations[key], observation)
            for key, observation in observations.items()
        )
    ]
    if not fits:
        return None
    return Diagnosis("/".join(mutant.id for mutant in fits), fits[0].says, fits[0].asks)


def alike(program: Program, one: Observation, other: Observation) -> bool:
    """Return whether two engines did the same, as far as a student could tell."""
    if one.ended != other.ended:
        return False
    if one.fault and other.fault and one.fault.type != other.fault.type:
        return False
    if one.answers.keys() != other.answers.keys():
        return False
    return all(same(program, answer, other.answers[at]) for at, answer in one.answers.items())
