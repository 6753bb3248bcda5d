"""A grader that is kept ready: what it forks for one submission after another is started once.

A fresh interpreter imports all that it needs, which takes twice as long as a whole grading else;
so do walls that are put up for one submission.
"""

import sys
from contextlib import closing
from functools import cache
from typing import Self

from grader.exercises import catalogue
from grader.exercises.exercise_programs import DEFAULT_SEED
from grader.grading.one_submission import Launch, sandboxed
from grader.grading.preparation import prepare
from grader.grading.prepared_exercise import PreparedExercise
from grader.grading.request import GradeRequest, exercises_of, with_limits
from grader.grading.stages import GradingOptions, grade
from grader.grading.submission_choice import submission_of
from grader.reports.report import Report
from grader.sandbox.interpreter import Interpreter
from grader.sandbox.protocol.limits import Tier
from grader.sandbox.zygote_pool import ZygotePool
from grader.submissions.submission import packed

SHELL = "grader.sandbox.child.notebook"
KINDS = ("script", "notebook")
AS_ASKED = 0.0  # seconds for smaller examples: what the checks' own Programs gave is told


class ReadyGrader:
    """Grades one submission after another; what does not depend on them is prepared once."""

    def __init__(self, *, forked: bool) -> None:
        """Make ready.

        Args:
            forked: whether processes are forked at home, too, where the system has that; a kernel
                never is.
        """
        self._forked = forked and sys.platform == "linux"
        self._zygotes: dict[tuple[Tier, str], ZygotePool] = {}
        for kind in KINDS:  # before a test changes what is installed
            self._launch("limits", kind)

    def report(self, request: GradeRequest) -> Report:
        """Grade against one exercise.

        Raises:
            NoWalls: this machine does not let them be built.
        """
        return self.reports(request)[0]

    def reports(self, request: GradeRequest, *, diagnosed: bool = True) -> list[Report]:
        """Grade against each exercise of a list by commas.

        Args:
            request: what is asked for.
            diagnosed: whether misconceptions are looked for in what is wrong.
        """
        entries, submission = exercises_of(request), submission_of(request)
        request = with_limits(request, entries)
        at_home = request.walls == "limits"
        submission = submission if at_home else packed(submission)
        launch = self._launch(request.walls, submission.kind)
        with closing(sandboxed(submission, request, None, launch)) as subject:
            if at_home:  # else an exercise says what is withheld
                subject.begin()
            reports = []
            for entry in entries:
                exercise, usual = prepared(entry.path)
                options = (usual if diagnosed else GradingOptions())._replace(
                    class_name=request.class_name, examples_s=request.examples_s
                )
                reports.append(grade(exercise, submission, subject, options))
            return reports

    def close(self) -> None:
        """End what has been started."""
        for one in self._zygotes.values():
            one.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _launch(self, walls: Tier, kind: str) -> Launch:
        """Return what starts processes for scripts, or for notebooks: these alone find a shell."""
        if walls == "limits" and not self._forked:
            return Interpreter
        key = walls, kind
        if key not in self._zygotes:
            self._zygotes[key] = ZygotePool(walls, [SHELL] if kind == "notebook" else [])
        return self._zygotes[key].launch


@cache
def prepared(name: str, seed: int = DEFAULT_SEED) -> tuple[PreparedExercise, GradingOptions]:
    """Return an exercise with its oracles' answers, and no time for smaller examples."""
    request = GradeRequest(name, examples_s=AS_ASKED, seed=seed)
    return prepare(catalogue.load(catalogue.find(name)), request)
