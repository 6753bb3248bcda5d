"""Puts together what grading needs: the exercise, the submission, a world, the oracles."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, NamedTuple

from grader.engines.memo import Remembered
from grader.engines.oracles.expected import Oracle, Question
from grader.engines.oracles.recorded_answers import Recorded
from grader.engines.oracles.textbook import Engine
from grader.engines.program import Program
from grader.errors import Misused, TrackNotExercise
from grader.exercises import catalogue
from grader.exercises.exercise import Exercise
from grader.exercises.search_path import OURS, Homes
from grader.feedback.diagnosis.one_misconception import Suspect
from grader.grading.prepared_exercise import DEFAULT_SEED, Questionnaire, questionnaire
from grader.grading.stages import EXAMPLES_S, Options, grade
from grader.reports.report import Report
from grader.sandbox.child.resource_limits import Tier
from grader.sandbox.interpreter import ROOT, Interpreter, site_folders
from grader.sandbox.protocol.limits import Allowance, Limits, granted, widest
from grader.sandbox.protocol.wire import Written
from grader.sandbox.subject import Subject, World, request_for
from grader.submissions.submission import Submission, find, packed

if TYPE_CHECKING:
    from grader.feedback.diagnosis.recorded_misconceptions import Fingerprints
    from grader.feedback.diagnosis.two_misconceptions import Answering, Together
    from grader.grading.mutants.answers import Lineup
    from grader.grading.mutants.two_mutants import Couples

RECORDED = "torch.json"
FINGERPRINTS = "mutants.json"

Launch = Callable[[], World]
Suspects = Callable[[Mapping[str, Question]], Iterable[Suspect]]


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


def sit(choice: Choice, ready: Interpreter | None) -> tuple[Report, str | None]:
    """Grade as `choice` says; return the report, and the name of the exercise that comes next.

    Args:
        choice: what was asked for.
        ready: an interpreter started before, which becomes the submission's first world.
    """
    entry = catalogue.find(choice.exercise, choice.homes)
    submission = find(choice.path, choice.exercise)
    (report,) = _examine([entry], submission, choice, ready)
    following = catalogue.following(entry, choice.homes)
    return report, following.name if following else None


def sit_track(choice: Choice, ready: Interpreter | None) -> list[Report]:
    """Grade a submission against every exercise of a track; it runs once, and answers all."""
    submission = find(choice.path, choice.exercise)
    return _examine(_of_track(choice), submission, choice, ready)


def sit_all(choice: Choice) -> list[Report]:
    """Grade a submission against every exercise of a list by commas; it runs once."""
    named = entries(choice)
    return _examine(named, find(choice.path, choice.exercise), choice, None)


def _examine(
    chosen: Sequence[catalogue.Entry],
    submission: Submission,
    choice: Choice,
    ready: Interpreter | None,
) -> list[Report]:
    choice = within(choice, chosen)
    if choice.walls != "limits":
        submission = packed(submission)
    with _worlds(choice, submission) as launch:
        return examine(map(catalogue.load, chosen), submission, choice, ready, launch)


def within(choice: Choice, entries: Iterable[catalogue.Entry]) -> Choice:
    """Return a choice with the limits that it, and the exercises, come to.

    A submission runs once for all exercises: each gets as much as the one that needs most.
    """
    if choice.limits:
        return choice
    said = widest(map(catalogue.allowance, entries))
    return choice._replace(limits=granted(said, choice.allowed))


@contextmanager
def _worlds(choice: Choice, submission: Submission) -> Iterator[Launch]:
    """Give what makes the submission's worlds: fresh interpreters, or a zygote behind walls.

    Raises:
        Misused: a kernel was asked for, too.
        NoWalls: this machine does not let them be built.
    """
    if choice.walls == "limits":
        yield Interpreter
        return
    if choice.kernel:
        raise Misused("--kernel runs without walls", hint="leave --kernel or --walls out")
    from grader.sandbox.zygote_pool import Ward

    warm = ["grader.sandbox.child.notebook"] if submission.kind == "notebook" else []
    with closing(Ward(choice.walls, warm)) as ward:
        yield ward.launch


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
        launch: gives the submission's worlds, once `ready` is used up; behind walls, for one that
            is packed.
    """
    with closing(subject_of(submission, choice, ready, launch)) as subject:
        subject.begin()
        prepared = (prepare(exercise, choice) for exercise in exercises)
        return [grade(asked, submission, subject, options) for asked, options in prepared]


def prepare(exercise: Exercise, choice: Choice) -> tuple[Questionnaire, Options]:
    """Return what an exercise asks, and how: all that does not depend on a submission.

    Raises:
        BrokenExercise: a check cannot be recorded.
        Misused: torch is to be asked now, and is not installed.
    """
    asked = questionnaire(exercise, oracles(exercise, choice.oracles), choice.seed)
    options = Options(
        choice.class_name,
        suspects=suspected(exercise),
        together=together(exercise),
        examples_s=choice.examples_s,
    )
    return asked, options


def oracles(exercise: Exercise, which: str) -> list[Oracle]:
    """Return the reference engine and torch, live or as it was recorded."""
    if which == "live":
        return [Engine(), live_torch()]
    return [Engine(), Recorded(exercise.folder / RECORDED)]


def suspected(exercise: Exercise) -> Suspects:
    """Return what gives where each misconception goes wrong: as written down, or found out now."""
    read: list[Fingerprints] = []
    lineup: list[Lineup] = []

    def suspects(asked: Mapping[str, Question]) -> Iterable[Suspect]:
        from grader.feedback.diagnosis.recorded_misconceptions import (
            Fingerprints,  # a right submission has no use for them
        )

        read[:] = read or [Fingerprints(exercise.folder / FINGERPRINTS)]
        if read[0].know(asked):
            return read[0].suspects(asked)
        from grader.grading.mutants.answers import Lineup

        lineup[:] = lineup or [Lineup(exercise)]
        return lineup[0].suspects(asked)

    return suspects


def together(exercise: Exercise) -> "Together":
    """Return what makes engines with two misconceptions of an exercise, once one is needed."""
    made: list[Couples] = []

    def engine(one: str, other: str) -> "Answering | None":
        from grader.grading.mutants.two_mutants import (
            Couples,  # most submissions have one fault, if any
        )

        made[:] = made or [Couples(exercise)]
        return made[0].together(one, other)

    return engine


def live_torch() -> Engine:
    """Return torch, asked now.

    Raises:
        Misused: torch is not installed.
    """
    try:
        from grader.engines.oracles.pytorch import Torch
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
    encoded: Remembered[Program, Written] | None = None,
) -> Subject:
    """Return the submission in a world of its own, not yet running."""
    limits = choice.limits or Limits()
    request = request_for(submission, limits, site_folders(), str(ROOT))
    if choice.kernel and submission.kind == "notebook":
        from grader.sandbox.kernel import Kernel

        return Subject(lambda: Kernel(submission), request, limits)
    if choice.walls != "limits":
        return Subject(launch, request, limits, choice.walls, encoded)
    waiting = [ready] if ready else []
    return Subject(lambda: waiting.pop() if waiting else launch(), request, limits)
