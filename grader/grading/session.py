"""Grades one submission after another against the same exercises, behind the same walls."""

from contextlib import closing
from typing import Self

from grader.engines.memo import Remembered
from grader.engines.program import Program
from grader.exercises import catalogue
from grader.grading.one_submission import subject_of
from grader.grading.preparation import prepare
from grader.grading.request import Choice, entries, within
from grader.grading.stages import grade
from grader.reports.report import Report
from grader.sandbox.protocol.wire import Written
from grader.sandbox.zygote_pool import Ward
from grader.submissions.submission import Submission, packed

SHELL = "grader.sandbox.child.notebook"


class Examiner:
    """What is the same for all submissions, made ready once: exercises, answers, and a ward."""

    def __init__(self, choice: Choice, *, notebooks: bool = True) -> None:
        """Make ready.

        Args:
            choice: the exercise or the track, the tier of the walls, and the limits; its path, and
                what belongs to a run of one's own, are not looked at.
            notebooks: whether there may be some, which takes 0.2 s and 20 MB.

        Raises:
            UnknownExercise: there is neither an exercise nor a track of that name.
            BrokenExercise: a check cannot be recorded.
            NoWalls: this machine does not let them be built.
        """
        found = entries(choice)
        self._choice = within(choice, found)
        self._prepared = [prepare(catalogue.load(entry), choice) for entry in found]
        self._encoded: Remembered[Program, Written] = Remembered()
        self._ward = Ward(choice.walls, [SHELL] if notebooks else [])

    def examine(self, submission: Submission) -> list[Report]:
        """Return a report for each exercise; the submission runs once.

        Raises:
            Fallen: what runs submissions has died, and so has what took its place.
        """
        submission = packed(submission)
        launch = self._ward.launch
        made = subject_of(submission, self._choice, launch=launch, encoded=self._encoded)
        with closing(made) as subject:
            subject.begin()
            return [grade(asked, submission, subject, how) for asked, how in self._prepared]

    def close(self) -> None:
        """End all that it started."""
        self._ward.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
