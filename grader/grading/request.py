"""What was asked for: exercises, a submission, limits and walls."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from grader.exercises import catalogue
from grader.exercises.catalogue import TrackNotExercise
from grader.exercises.exercise_programs import DEFAULT_SEED
from grader.exercises.search_path import OURS, Homes
from grader.sandbox.protocol.limits import Allowance, Limits, Tier, granted, widest

EXAMPLES_S = 0.5


class Choice(NamedTuple):
    """What was asked for: the words of the command line, and what the submission may use.

    Attributes:
        allowed: what it may use, before what exercises say.
        limits: what it may use, all of it; None where that is for `allowed` and exercises to say.
        walls: what is put around it.
    """

    exercise: str
    path: str | None = None
    class_name: str | None = None
    kernel: bool = False
    oracles: str = "recorded"
    allowed: Allowance = Allowance()
    limits: Limits | None = None
    walls: Tier = "limits"
    seed: int = DEFAULT_SEED
    homes: Homes = OURS
    examples_s: float = EXAMPLES_S


def within(choice: Choice, entries: Iterable[catalogue.Entry]) -> Choice:
    """Return a choice with the limits that it, and the exercises, come to.

    A submission runs once for all exercises: each gets as much as the one that needs most.
    """
    if choice.limits:
        return choice
    said = widest(map(catalogue.allowance, entries))
    return choice._replace(limits=granted(said, choice.allowed))


def entries(choice: Choice) -> Sequence[catalogue.Entry]:
    """Return the exercises that were named: one, those of a track, or a list of either by commas.

    Raises:
        UnknownExercise: there is neither of that name.
    """
    names = choice.exercise.split(",")
    named = [_named(choice._replace(exercise=name.strip())) for name in names]
    return list(dict.fromkeys(entry for some in named for entry in some))


def _named(choice: Choice) -> Sequence[catalogue.Entry]:
    try:
        return [catalogue.find(choice.exercise, choice.homes)]
    except TrackNotExercise:
        return of_track(choice)


def of_track(choice: Choice) -> list[catalogue.Entry]:
    """Return the exercises of the track that was named."""
    known = catalogue.entries(choice.homes)
    return [entry for entry in known if entry.track == choice.exercise]
