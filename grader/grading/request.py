"""The request to grade a submission: against which exercises, behind which walls."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from grader.exercises import catalogue
from grader.exercises.catalogue import TrackNotExercise
from grader.exercises.exercise_programs import DEFAULT_SEED
from grader.exercises.search_path import OURS, Folders
from grader.sandbox.protocol.limits import Allowance, Limits, Tier, granted, widest

EXAMPLES_S = 0.5
REPAIR_STEPS = 40_000
REPAIR_STEPS_WITH_HINTS = 120_000


class GradeRequest(NamedTuple):
    """A request to grade: the words of the command line, and what the submission may use.

    Attributes:
        allowed: what it may use, before what exercises say.
        limits: what it may use, all of it; None where that is for `allowed` and exercises to say.
        walls: what is put around it.
        repair_steps: how much to try to find causes in the submission's own source, 0 for nothing.
        for_staff: whether the edits that mend it are shown.
        shows_hidden: whether of hidden checks as much is shown as of others, to staff alone.
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
    homes: Folders = OURS
    examples_s: float = EXAMPLES_S
    repair_steps: int = 0
    for_staff: bool = False
    shows_hidden: bool = False


def with_limits(request: GradeRequest, entries: Iterable[catalogue.ExerciseEntry]) -> GradeRequest:
    """Return a request with the limits that it, and the exercises, come to.

    A submission runs once for all exercises: each gets as much as the one that needs most.
    """
    if request.limits:
        return request
    most = widest(map(catalogue.allowance, entries))
    return request._replace(limits=granted(most, request.allowed))


def for_several(request: GradeRequest, exercises: int) -> GradeRequest:
    """Return a request for so many exercises: where they are several, no cause is looked for.

    An edit must not run before the next verdict, nor the file once more.
    """
    return request._replace(repair_steps=0) if exercises > 1 else request


def exercises_of(request: GradeRequest) -> Sequence[catalogue.ExerciseEntry]:
    """Return the exercises that were named: one, those of a track, or a list of either by commas.

    Raises:
        UnknownExercise: there is neither of that name.
    """
    names = request.exercise.split(",")
    each = [_entries(request._replace(exercise=name.strip())) for name in names]
    return list(dict.fromkeys(entry for entries in each for entry in entries))


def points_of(request: GradeRequest) -> float:
    """Return the points of all exercises that were named."""
    return sum(catalogue.load(entry).points for entry in exercises_of(request))


def _entries(request: GradeRequest) -> Sequence[catalogue.ExerciseEntry]:
    try:
        return [catalogue.find(request.exercise, request.homes)]
    except TrackNotExercise:
        return exercises_of_track(request)


def exercises_of_track(request: GradeRequest) -> list[catalogue.ExerciseEntry]:
    """Return the exercises of the track that was named."""
    entries = catalogue.entries(request.homes)
    return [entry for entry in entries if entry.track == request.exercise]
