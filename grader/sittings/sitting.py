"""Puts together what grading needs: the exercise, the submission, a world, the oracles."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from grader import catalogue
from grader.diagnose import Suspect
from grader.errors import Misused, TrackNotExercise
from grader.exercise import Exercise
from grader.expected import Oracle, Question
from grader.grade import DEFAULT_SEED, EXAMPLES_S, Options, grade
from grader.homes import OURS, Homes
from grader.oracles.engine import Engine
from grader.oracles.recorded import Recorded
from grader.results import Report
from grader.subject.process import ROOT, Interpreter, site_folders
from grader.subject.subject import Subject, World, request_for
from grader.subject.walls import Limits
from grader.submission import Submission, find

if TYPE_CHECKING:
    from grader.pairs import Answering, Together
    from grader.sittings.together import Couples

RECORDED = "torch.json"
FINGERPRINTS = "mutants.json"

Launch = Callable[[], World]


class Choice(NamedTuple):
    """What was asked for: the words of the command line, and what the submission may use."""

    exercise: str
    path: str | None = None
    class_name: str | None = None
    kernel: bool = False
    oracles: str = "recorded"
    limits: Limits = Limits()
    seed: int = DEFAULT_SEED
    homes: Homes = OURS
    examples_s: float = EXAMPLES_S


def sit(choice: Choice, ready: Interpreter | None) -> tuple[Report, str | None]:
    """Grade as `choice` says; return the report, and the name of the exercise that comes next.

    Args:
        choice: what was asked for.
        ready: an interpreter started before, which becomes the submission's first world.
    """
    entry = catalogue.find(choice.exercise, choice.homes)
    submission = find(choice.path, choice.exercise)
    (report,) = examine(map(catalogue.load, [entry]), submission, choice, ready)
    following = catalogue.following(entry, choice.homes)
    return report, following.name if following else None


def sit_track(choice: Choice, ready: Interpreter | None) -> list[Report]:
    """Grade a submission against every exercise of a track; it runs once, and answers all."""
    submission = find(choice.path, choice.exercise)
    return examine(map(catalogue.load, _of_track(choice)), submission, choice, ready)


def entries(choice: Choice) -> Sequence[catalogue.Entry]:
    """Return the exercise that was named, or those of the track that was.

    Raises:
        UnknownExercise: there is neither of that name.
    """
    try:
        return [catalogue.find(choice.exercise, choice.homes)]
    except TrackNotExercise:
        return _of_track(choice)


def _of_track(choice: Choice) -> list[catalogue.Entry]:
    known = catalogue.entries(choice.homes)
    return [entry for entry in known if entry.track == choice.exercise]


def examine(
    exercises: Iterable[Exercise],
    submission: Submission,
    choice: Choice,
    ready: Interpreter | None = None,
    launch: Launch = Interpreter,
) -> list[Report]:
    """Grade a submission against exercises; it runs once.

    Args:
        exercises: taken one by one once the submission runs, so that loading them costs no time.
        submission: what was handed in.
        choice: what was asked for besides.
        ready: an interpreter started before, if any.
        launch: gives the submission's worlds, once `ready` is used up.
    """
    with closing(subject_of(submission, choice, ready, launch)) as subject:
        subject.begin()
        return [_report(exercise, submission, subject, choice) for exercise in exercises]


def _report(exercise: Exercise, submission: Submission, subject: Subject, choice: Choice) -> Report:
    options = Options(
        choice.class_name,
        choice.seed,
        suspects=partial(suspects, exercise),
        together=together(exercise),
        examples_s=choice.examples_s,
    )
    return grade(exercise, submission, subject, oracles(exercise, choice.oracles), options)


def oracles(exercise: Exercise, which: str) -> list[Oracle]:
    """Return the reference engine and torch, live or as it was recorded."""
    if which == "live":
        return [Engine(), live_torch()]
    return [Engine(), Recorded(exercise.folder / RECORDED)]


def suspects(exercise: Exercise, asked: Mapping[str, Question]) -> Iterable[Suspect]:
    """Return where each misconception goes wrong: as it was written down, or found out now."""
    from grader.fingerprints import Fingerprints  # a right submission has no use for them

    known = Fingerprints(exercise.folder / FINGERPRINTS)
    if known.know(asked):
        return known.suspects(asked)
    from grader.sittings.lineup import Lineup

    return Lineup(exercise).suspects(asked)


def together(exercise: Exercise) -> "Together":
    """Return what makes engines with two misconceptions of an exercise, once one is needed."""
    made: list[Couples] = []

    def engine(one: str, other: str) -> "Answering | None":
        from grader.sittings.together import Couples  # most submissions have one fault, if any

        made[:] = made or [Couples(exercise)]
        return made[0].together(one, other)

    return engine


def live_torch() -> Engine:
    """Return torch, asked now.

    Raises:
        Misused: torch is not installed.
    """
    try:
        from grader.oracles.pytorch import Torch
    except ImportError as error:
        raise Misused(
            "torch is not installed", hint='pip install "autograd-grader[torch]"'
        ) from error
    return Torch()


def subject_of(
    submission: Submission,
    choice: Choice,
    ready: Interpreter | None = None,
    launch: Launch = Interpreter,
) -> Subject:
    """Return the submission in a world of its own, not yet running."""
    request = request_for(submission, choice.limits, site_folders(), str(ROOT))
    if choice.kernel and submission.kind == "notebook":
        from grader.subject.notebook import Kernel

        return Subject(lambda: Kernel(submission), request, choice.limits)
    waiting = [ready] if ready else []
    return Subject(lambda: waiting.pop() if waiting else launch(), request, choice.limits)
