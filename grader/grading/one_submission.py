"""Grades one submission: brings it, its world, the exercise and the oracles together."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import NamedTuple

from grader.engines.memo import Memo
from grader.engines.program import Program
from grader.errors import Misused
from grader.exercises import catalogue
from grader.exercises.exercise import Exercise
from grader.grading.preparation import prepare
from grader.grading.request import (
    GradeRequest,
    exercises_of,
    exercises_of_track,
    for_several,
    with_limits,
)
from grader.grading.stages import grade
from grader.grading.submission_choice import submission_of
from grader.reports.report import Report
from grader.sandbox.edits.editable import KERNEL
from grader.sandbox.interpreter import ROOT, Interpreter, site_folders
from grader.sandbox.protocol.limits import Limits
from grader.sandbox.protocol.wire import Encoded
from grader.sandbox.subject import Subject, request_for
from grader.sandbox.submission_run import SandboxProcess
from grader.submissions.submission import Submission, packed

Launch = Callable[[], SandboxProcess]


class GradedExercise(NamedTuple):
    """The report on one exercise.

    Attributes:
        report: what grading gave.
        submission: as it was read for that.
        next_name: of the exercise that comes next, None after a track's last.
    """

    report: Report
    submission: Submission
    next_name: str | None


class GradedTrack(NamedTuple):
    """The reports on every exercise of a track, and the submission as it was read for that."""

    reports: list[Report]
    submission: Submission


def grade_exercise(request: GradeRequest, ready: Interpreter | None) -> GradedExercise:
    """Grade as `request` says.

    Args:
        request: what was asked for.
        ready: an interpreter started before, which becomes the submission's first world.
    """
    entry = catalogue.find(request.exercise, request.homes)
    submission = submission_of(request)
    (report,) = _grade([entry], submission, request, ready)
    following = catalogue.next_entry(entry, request.homes)
    return GradedExercise(report, submission, following.name if following else None)


def grade_track(request: GradeRequest, ready: Interpreter | None) -> GradedTrack:
    """Grade a submission against every exercise of a track; it runs once, and answers all."""
    submission = submission_of(request)
    reports = _grade(exercises_of_track(request), submission, request, ready)
    return GradedTrack(reports, submission)


def grade_listed(request: GradeRequest, submission: Submission) -> list[Report]:
    """Grade a submission against every exercise of a list by commas; it runs once.

    It is graded as it was read, whatever lies at its path by now.
    """
    return _grade(exercises_of(request), submission, request, None)


def _grade(
    entries: Sequence[catalogue.ExerciseEntry],
    submission: Submission,
    request: GradeRequest,
    ready: Interpreter | None,
) -> list[Report]:
    request = for_several(with_limits(request, entries), len(entries))
    if request.walls != "limits":
        submission = packed(submission)
    with _sandboxes(request, submission) as launch:
        return grade_submission(map(catalogue.load, entries), submission, request, ready, launch)


@contextmanager
def _sandboxes(request: GradeRequest, submission: Submission) -> Iterator[Launch]:
    """Give a maker of the submission's worlds: fresh interpreters, or a zygote behind walls.

    Raises:
        Misused: a kernel was asked for, too.
        NoWalls: this machine does not let them be built.
    """
    if request.walls == "limits":
        yield Interpreter
        return
    if request.kernel:
        raise Misused("--kernel runs without walls", hint="leave --kernel or --walls out")
    from grader.sandbox.zygote_pool import ZygotePool

    warm = ["grader.sandbox.child.notebook"] if submission.kind == "notebook" else []
    with closing(ZygotePool(request.walls, warm)) as zygotes:
        yield zygotes.launch


def grade_submission(
    exercises: Iterable[Exercise],
    submission: Submission,
    request: GradeRequest,
    ready: Interpreter | None = None,
    launch: Launch = Interpreter,
) -> list[Report]:
    """Grade a submission against exercises; it runs once.

    Args:
        exercises: taken one by one once the submission runs, so that loading them costs no time.
        submission: what was handed in.
        request: what was asked for besides.
        ready: an interpreter started before, if any.
        launch: gives the submission's worlds, once `ready` is used up; behind walls, for one that
            is packed.
    """
    with closing(sandboxed(submission, request, ready, launch)) as subject:
        if request.walls == "limits":  # else an exercise says which packages are withheld
            subject.begin()
        prepared = (prepare(exercise, request) for exercise in exercises)
        return [grade(exercise, submission, subject, how) for exercise, how in prepared]


def sandboxed(
    submission: Submission,
    request: GradeRequest,
    ready: Interpreter | None = None,
    launch: Launch = Interpreter,
    encoded: Memo[Program, Encoded] | None = None,
) -> Subject:
    """Return the submission in a world of its own, not yet running."""
    limits = request.limits or Limits()
    sandbox_request = request_for(submission, limits, site_folders(), str(ROOT))
    if request.kernel and submission.kind == "notebook":
        from grader.sandbox.kernel import Kernel

        return Subject(lambda: Kernel(submission), {**sandbox_request, KERNEL: True}, limits)
    if request.walls != "limits":
        return Subject(launch, sandbox_request, limits, request.walls, encoded)
    waiting = [ready] if ready else []
    return Subject(lambda: waiting.pop() if waiting else launch(), sandbox_request, limits)
