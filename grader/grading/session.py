"""Grades one submission after another against the same exercises, behind the same walls."""

import gc
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Self

from grader.engines.memo import Memo
from grader.engines.program import Program
from grader.exercises import catalogue
from grader.grading.one_submission import sandboxed
from grader.grading.preparation import prepare
from grader.grading.request import GradeRequest, exercises_of, with_limits
from grader.grading.stages import grade
from grader.reports.report import Report
from grader.sandbox.protocol.limits import Limits, in_haste
from grader.sandbox.protocol.wire import Encoded
from grader.sandbox.zygote_pool import ZygotePool
from grader.submissions.submission import Submission, packed

SHELL = "grader.sandbox.child.notebook"
SELDOM = (50_000, 20, 100)  # new objects, and young and middle collections, before the next one
BESIDES = 200  # Programs that are asked of one wrong submission alone, of some kilobytes each


class GradingSession:
    """Exercises, the oracles' answers and zygotes, made ready once for all submissions."""

    def __init__(
        self,
        request: GradeRequest,
        *,
        notebooks: bool = True,
        zygotes: ZygotePool | None = None,
    ) -> None:
        """Make ready.

        Args:
            request: the exercise or the track, the tier of the walls, and the limits; its path, and
                what belongs to a run of one's own, are not looked at.
            notebooks: whether there may be some, which takes 0.2 s and 20 MB.
            zygotes: what forks a process for each submission, where other sessions use it too:
                whoever made it closes it. Left out, the session has its own.

        Raises:
            UnknownExercise: there is neither an exercise nor a track of that name.
            BrokenExercise: a check cannot be recorded.
            NoWalls: this machine does not let them be built.
        """
        entries = exercises_of(request)
        self._request = with_limits(request, entries)
        self._prepared = [prepare(catalogue.load(entry), request) for entry in entries]
        own = sum(len(exercise.expected) for exercise, _ in self._prepared)
        self._encoded: Memo[Program, Encoded] = Memo(most=own + BESIDES)
        self._own_zygotes = zygotes is None
        self._zygotes = zygotes or ZygotePool(request.walls, [SHELL] if notebooks else [])

    def grade(self, submission: Submission, *, hastily: bool = False) -> list[Report]:
        """Return a report for each exercise; the submission runs once.

        Args:
            submission: what was handed in.
            hastily: whether one that does not come to an end at once is given up.

        Raises:
            Fallen: what runs submissions has died, and so has what took its place.
            TakesLong: it was given up.
        """
        submission = packed(submission)
        launch, request = self._zygotes.launch, self._request
        if hastily:
            request = request._replace(limits=in_haste(request.limits or Limits()))
        sandbox = sandboxed(submission, request, launch=launch, encoded=self._encoded)
        with closing(sandbox) as subject, _seldom_collected():
            if hastily:
                subject.hurry()
            subject.begin(self._prepared[0][0].exercise.forbids)
            return [grade(exercise, submission, subject, how) for exercise, how in self._prepared]

    def close(self) -> None:
        """End all that it started."""
        if self._own_zygotes:
            self._zygotes.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Have the garbage collector look seldom.

    What grading makes is freed without it. By default it looks through all that a session holds,
    the oracles' answers say, after each 700 new objects: a quarter of the time that grading takes.
    """
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
