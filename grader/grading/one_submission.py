"""Puts together what grading needs: the exercise, the submission, a world, the oracles."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager

from grader.engines.memo import Memo
from grader.engines.program import Program
from grader.errors import Misused
from grader.exercises import catalogue
from grader.exercises.exercise import Exercise
from grader.grading.preparation import prepare
from grader.grading.request import GradeRequest, exercises_of, exercises_of_track, with_limits
from grader.grading.stages import grade
from grader.reports.report import Report
from grader.sandbox.interpreter import ROOT, Interpreter, site_folders
from grader.sandbox.protocol.limits import Limits
from grader.sandbox.protocol.wire import Encoded
from grader.sandbox.subject import SandboxProcess, Subject, request_for
from grader.submissions.submission import Submission, find, packed

Launch = Callable[[], SandboxProcess]


def grade_exercise(choice: GradeRequest, ready: Interpreter | None) -> tuple[Report, str | None]:
    """Grade as `choice` says; return the report, and the name of the exercise that comes next.

    Args:
        choice: what was asked for.
        ready: an interpreter started before, which becomes the submission's first world.
    """
    entry = catalogue.find(choice.exercise, choice.homes)
    submission = find(choice.path, choice.exercise)
    (report,) = _grade([entry], submission, choice, ready)
    following = catalogue.next_entry(entry, choice.homes)
    return report, following.name if following else None


def grade_track(choice: GradeRequest, ready: Interpreter | None) -> list[Report]:
    """Grade a submission against every exercise of a track; it runs once, and answers all."""
    submission = find(choice.path, choice.exercise)
    return _grade(exercises_of_track(choice), submission, choice, ready)


def grade_listed(choice: GradeRequest, submission: Submission) -> list[Report]:
    """Grade a submission against every exercise of a list by commas; it runs once.

    It is graded as it was read, whatever lies at its path by now.
    """
    return _grade(exercises_of(choice), submission, choice, None)


def _grade(
    chosen: Sequence[catalogue.ExerciseEntry],
    submission: Submission,
    choice: GradeRequest,
    ready: Interpreter | None,
) -> list[Report]:
    choice = with_limits(choice, chosen)
    if choice.walls != "limits":
        submission = packed(submission)
    with _sandboxes(choice, submission) as launch:
        return grade_submission(map(catalogue.load, chosen), submission, choice, ready, launch)


@contextmanager
def _sandboxes(choice: GradeRequest, submission: Submission) -> Iterator[Launch]:
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
    from grader.sandbox.zygote_pool import ZygotePool

    warm = ["grader.sandbox.child.notebook"] if submission.kind == "notebook" else []
    with closing(ZygotePool(choice.walls, warm)) as ward:
        yield ward.launch


def grade_submission(
    exercises: Iterable[Exercise],
    submission: Submission,
    choice: GradeRequest,
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
    with closing(sandboxed(submission, choice, ready, launch)) as subject:
        subject.begin()
        prepared = (prepare(exercise, choice) for exercise in exercises)
        return [grade(asked, submission, subject, options) for asked, options in prepared]


def sandboxed(
    submission: Submission,
    choice: GradeRequest,
    ready: Interpreter | None = None,
    launch: Launch = Interpreter,
    encoded: Memo[Program, Encoded] | None = None,
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
