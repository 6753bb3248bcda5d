"""The cause of a wrong training is found in its own loop, as a report tells it."""

from collections.abc import Sequence

import pytest

from grader.exercises import catalogue
from grader.grading.prepared_exercise import PreparedExercise
from grader.grading.repairs.training_repairs import STEPS_A_RUN
from grader.grading.stages import GradingOptions, grade
from grader.reports.report import Diagnosis, Report
from grader.sandbox.trace import Trace
from grader.submissions.submission import Submission
from tests.exercises.shipped.inprocess import InProcess
from tests.grading.repairs.test_engine_repairs import prepared

NAME = "solution.py"  # as a run in this process calls it
STEPS = 120_000
TWO_EXAMPLES = "# %% Gradient descent on two examples"
BACK = "        loss.backward()\n"


class CountedRuns(InProcess):
    """A source that counts how often its run is made again with an edit."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self.runs = 0

    def trace_of_edit(
        self, source: str | Sequence[str], name: str | None, *, zeroes: bool = False
    ) -> Trace | None:
        self.runs += 1
        return super().trace_of_edit(source, name, zeroes=zeroes)


def wrong(right: str, other: str, asked: PreparedExercise) -> str:
    """Return the solution of ex12 with a text of its last loop as somebody wrote it."""
    before, mark, loop = catalogue.solution(asked.exercise).partition(TWO_EXAMPLES)
    assert loop.count(right) == 1
    return before + mark + loop.replace(right, other)


def graded(
    source: str, asked: PreparedExercise, steps: int = STEPS, *, for_staff: bool = False
) -> tuple[Report, CountedRuns]:
    subject = CountedRuns(source)
    submission = Submission(NAME, "/", "script", "", source)
    options = GradingOptions(examples_s=0.0, repair_steps=steps, for_staff=for_staff)
    return grade(asked, submission, subject, options), subject


def cause(report: Report) -> Diagnosis | None:
    *_, check = report.checks
    return check.diagnosis


@pytest.mark.parametrize(
    ("right", "other", "kind", "line"),
    [
        (BACK, BACK + "        w.grad = 0.0\n", "order-in-the-loop", BACK),
        ("w.data -= rate", "w.data -= 0.02", "rate", "w.data -= 0.02"),
        ("range(100)", "range(99)", "number-of-passes", "range(99)"),
        ("b.data -= rate * b.grad", "b.data -= rate * w.grad", "step-of-a-parameter", "* w.grad"),
    ],
)
def test_the_line_of_the_loop_is_named(right: str, other: str, kind: str, line: str) -> None:
    asked = prepared("ex12")
    source = wrong(right, other, asked)

    report, _ = graded(source, asked)

    found = cause(report)
    assert found is not None
    assert found.where is not None
    assert found.id == kind
    last = source.rindex(line)
    assert found.where.line == source[:last].count("\n") + 1
    assert found.edit == ""
    assert report.checks[-1].score == 0


def test_the_edit_is_for_staff_alone() -> None:
    asked = prepared("ex12")

    report, _ = graded(wrong("range(100)", "range(99)", asked), asked, for_staff=True)

    found = cause(report)
    assert found is not None
    assert found.edit == "- for epoch in range(99):\n+ for epoch in range(100):"


def test_a_training_is_run_no_more_often_than_its_budget_allows() -> None:
    asked = prepared("ex12")
    source = wrong("err = y_pred - y\n", "err = y_pred.data - y\n", asked)

    report, subject = graded(source, asked, 3 * STEPS_A_RUN)
    silent, untried = graded(source, asked, 0)

    assert cause(report) is None
    assert 0 < subject.runs <= 3 * len(report.checks)
    assert untried.runs == 0
    assert silent.checks[0].message == report.checks[0].message


def test_a_hidden_training_is_not_searched() -> None:
    asked = prepared("ex12")
    exercise = asked.exercise
    *_, check = exercise.checks
    secret = asked._replace(
        exercise=exercise._replace(checks=(check._replace(visibility="hidden"),))
    )

    report, subject = graded(wrong("range(100)", "range(99)", asked), secret)

    assert cause(report) is None
    assert subject.runs == 0


def test_a_right_training_is_not_run_again() -> None:
    asked = prepared("ex12")

    report, subject = graded(catalogue.solution(asked.exercise), asked)

    assert report.passed
    assert subject.runs == 0
