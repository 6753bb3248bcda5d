"""Finds the misconception that answers as the submission does, in all that both were asked."""

from collections.abc import Iterable, Mapping, Set
from typing import NamedTuple

from grader.engines.compare import numbers_shown, same
from grader.engines.observation import TEXT, Answer, Observation, Traversal
from grader.engines.program import Program
from grader.reports.report import Diagnosis


class Misconception(NamedTuple):
    """A misconception, and what a submission with it does.

    Attributes:
        diagnosis: what to call it.
        observations: what it answers, by the Program's id, where that is wrong; what it gets right
            it may get right in its own way.
        smallest: the smallest Program that it fails, by the id of a check that it fails; where that
            is not known, none.
    """

    diagnosis: Diagnosis
    observations: Mapping[str, Observation]
    smallest: Mapping[str, Program] = {}


def one_misconception(
    programs: Mapping[str, Program],
    observations: Mapping[str, Observation],
    right: Set[str],
    misconceptions: Iterable[Misconception],
) -> Diagnosis | None:
    """Return the misconception that goes wrong wherever the submission does, and in the same way.

    Args:
        programs: id → Program.
        observations: id → what the submission did, for the Programs it was asked.
        right: the ids of those that it has right.
        misconceptions: where each known misconception goes wrong.

    Returns:
        None where none fits, or nothing was observed: an unknown fault gets no guess. Where several
        fit, a Diagnosis whose id names all, in the words of the first.
    """
    fits = [
        misconception.diagnosis
        for misconception in misconceptions
        if all(
            alike(programs[key], misconception.observations[key], observation)
            if key in misconception.observations
            else key in right
            for key, observation in observations.items()
        )
    ]
    if not fits or not observations:
        return None
    return fits[0]._replace(id="/".join(diagnosis.id for diagnosis in fits))


def alike(program: Program, one: Observation, other: Observation) -> bool:
    """Return whether two engines did the same, as far as a student could tell."""
    if one.ended != other.ended:
        return False
    if one.ended == "answered" and one.detail != other.detail:
        return False
    if one.fault and other.fault and one.fault.type != other.fault.type:
        return False
    if one.answers.keys() != other.answers.keys():
        return False
    if one.ended == "raised" and one.step != other.step:
        return False
    return all(equal(program, answer, other.answers[at]) for at, answer in one.answers.items())


def equal(program: Program, one: Answer, other: Answer) -> bool:
    """Return whether two answers are one and the same; for numbers, within tolerance.

    Many orders of a graph are right, and many texts show a number: as answers they still differ.
    An empty array does not show that an engine is right, and still is the same as another one.
    """
    if one.kind == other.kind == TEXT:
        return numbers_shown(one) == numbers_shown(other)
    if isinstance(one.value, Traversal) and isinstance(other.value, Traversal):
        if one.value.order is None and other.value.order is None:
            return one == other or same(program, one, other)
        return one.value.order == other.value.order
    return one == other or same(program, one, other)
