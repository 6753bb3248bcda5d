"""The causes in a submission's own source, as a report tells them."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import pytest

from grader.engines.observation import Observation
from grader.engines.oracles.recorded_answers import RecordedOracle
from grader.engines.oracles.textbook import Textbook
from grader.engines.program import Program
from grader.engines.syntax import LARGEST
from grader.exercises import catalogue
from grader.exercises.check_recorder import record
from grader.grading.prepared_exercise import PreparedExercise, prepare_exercise
from grader.grading.repairs.engine_repairs import can_be_asked, source_files
from grader.grading.stages import GradingOptions, grade
from grader.reports.report import CheckResult, Diagnosis, Outcome, Report
from grader.sandbox.interpreter import Interpreter, site_folders
from grader.sandbox.protocol.limits import Limits
from grader.sandbox.subject import AskOptions, Subject, request_for
from grader.submissions.submission import Submission
from tests.exercises.shipped.inprocess import InProcess, InProcessEdits
from tests.reports.hostile import rendered

STEPS = 60_000


@cache
def prepared(name: str) -> PreparedExercise:
    exercise = catalogue.load(catalogue.find(name))
    return prepare_exercise(exercise, [Textbook(), RecordedOracle(exercise.folder / "torch.json")])


def graded(
    right: str, wrong: str, *, name: str = "ex9", steps: int = STEPS, for_staff: bool = False
) -> Report:
    """Grade the solution of an exercise with a text that stands there as somebody wrote it."""
    asked = prepared(name)
    solution = catalogue.solution(asked.exercise)
    assert solution.count(right) == 1
    source = solution.replace(right, wrong)
    submission = Submission("value.py", "/", "script", "", source)
    options = GradingOptions(examples_s=0.0, repair_steps=steps, for_staff=for_staff)
    return grade(asked, submission, InProcess(source), options)


def causes(report: Report) -> list[tuple[str, ...]]:
    """Return the kinds told of each check that failed."""
    failed = [one for one in report.checks if one.outcome is Outcome.FAILED]
    return [tuple(cause.id for cause in _told(one)) for one in failed]


def _told(check: CheckResult) -> tuple[Diagnosis, ...]:
    return (check.diagnosis, *check.further) if check.diagnosis else ()


DIFFERENCE = "return self + (-other)"
PRODUCT = "self.grad += other.data * out.grad"
POWER = "self.grad += exponent * self.data ** (exponent - 1) * out.grad"


def test_every_check_that_one_fault_fails_has_its_cause() -> None:
    report = graded(DIFFERENCE, "return -(other - self)")

    assert causes(report) == [("endless",), ("endless",)]
    told = {one.diagnosis for one in report.checks if one.diagnosis}
    assert [one.hint.partition(":")[0] for one in told] == ["Line 39, in __sub__"]


def test_in_a_source_that_is_longer_than_a_person_writes_no_cause_is_searched() -> None:
    report = graded(DIFFERENCE, "return -(other - self)" + "\n" + "#" * LARGEST)

    assert causes(report) == [(), ()]


def test_two_faults_are_told_each_where_it_fails() -> None:
    asked = prepared("ex9")
    source = catalogue.solution(asked.exercise).replace(DIFFERENCE, "return self + other")
    source = source.replace(POWER, POWER.replace("+=", "="))
    submission = Submission("value.py", "/", "script", "", source)

    options = GradingOptions(examples_s=0.0, repair_steps=150_000)
    report = grade(asked, submission, InProcess(source), options)

    told = [
        one.diagnosis.where.function
        for one in report.checks
        if one.diagnosis and one.diagnosis.where
    ]
    assert "__sub__" in told


def test_the_edit_is_for_staff_alone() -> None:
    for_a_student = graded(POWER, POWER.replace(" * out.grad", ""))
    for_staff = graded(POWER, POWER.replace(" * out.grad", ""), for_staff=True)

    told, shown = (
        next(one.diagnosis for one in report.checks if one.diagnosis)
        for report in (for_a_student, for_staff)
    )
    assert (told.id, told.edit) == ("upstream-missing", "")
    assert shown.edit.splitlines()[1].strip("+ ") == POWER


def test_points_and_messages_are_those_without_a_search() -> None:
    wrong = POWER.replace("+=", "=")

    searched, plain = graded(POWER, wrong), graded(POWER, wrong, steps=0)

    assert searched.score == plain.score
    assert [one.outcome for one in searched.checks] == [one.outcome for one in plain.checks]
    assert [one.message for one in searched.checks] == [one.message for one in plain.checks]
    assert causes(plain) == [()]
    assert causes(searched) == [("overwritten",)]


def test_the_same_submission_has_the_same_causes() -> None:
    first, second = (graded(DIFFERENCE, "return other - self") for _ in range(2))

    assert first._replace(duration_s=0) == second._replace(duration_s=0)


def test_what_no_edit_mends_has_no_cause() -> None:
    report = graded("self.data * other.data, (self, other)", "self.data * 0 + 7, (self, other)")

    assert all(len(one) <= 1 for one in causes(report))
    assert graded(DIFFERENCE, "return 7", steps=1).checks[1].diagnosis is None


@pytest.mark.parametrize("name", ["ex2", "ex5", "ex7"])
def test_a_right_submission_is_not_searched(name: str) -> None:
    asked = prepared(name)
    source = catalogue.solution(asked.exercise)

    class Unasked(InProcess):
        def edits(self, asked: AskOptions, _: float, __: float) -> InProcessEdits:
            raise AssertionError(f"{asked} is right")

    submission = Submission("value.py", "/", "script", "", source)
    report = grade(asked, submission, Unasked(source), GradingOptions(repair_steps=STEPS))

    assert report.passed


def test_an_engine_may_stand_in_files_beside_or_in_cells() -> None:
    script = Submission(
        "main.py", "/", "script", "", "from value import Value\n",
        imports=("value.py", "lost.py"), beside=(("value.py", b"x = 1\n"), ("notes.txt", b"")),
    )  # fmt: skip
    cells = ("a = 1", "b = 2")
    notebook = Submission("nb.ipynb", "/", "notebook", "", cells=cells, tags=("", ""))

    assert source_files(script) == [
        ("value.py", "x = 1\n"),
        ("main.py", "from value import Value\n"),
    ]
    assert source_files(notebook) == [("cell 1", "a = 1"), ("cell 2", "b = 2")]


def powers(Value: Any) -> dict[str, object]:
    """Asks a power, and a difference with a number on the left."""
    a = Value(2.0)
    return {"data": (3.0 - a**2).data}


@pytest.mark.parametrize(
    ("text", "failing", "can"),
    [
        ("def __pow__(self, n): ...\ndef __rsub__(self, other): ...", [], True),
        ("def __pow__(self, n): ...", [], False),
        ("", [record(powers)], True),  # what fails may be for want of it
    ],
)
def test_what_an_engine_lacks_and_nothing_that_fails_needs_is_not_asked(
    text: str, failing: Sequence[Program], can: bool
) -> None:
    assert can_be_asked(text, failing, record(powers)) is can


class WatchedEdits(InProcess):
    """A source whose edits are asked under the eyes of the test."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self.asked: list[Program] = []

    def edits(self, asked: AskOptions, _: float, __: float) -> InProcessEdits:
        watched = self.asked

        class Watching(InProcessEdits):
            def answers(
                self, sources: Sequence[Sequence[str]], programs: Sequence[Program]
            ) -> list[list[Observation]]:
                watched.extend(programs)
                return super().answers(sources, programs)

        return Watching(self, asked)


def secret_of(number: float) -> Callable[..., object]:
    """Return what a hidden check asks: a cube, and nothing else asks of a power."""

    def cubes(Value: Any) -> dict[str, float]:
        """A power holds the right number, which nobody is told."""
        cube = Value(number) ** 3
        cube.backward()
        return {"tell nobody": cube.data}

    return cubes


def with_a_secret(number: float) -> PreparedExercise:
    """Prepare ex9 with differences asked openly, and powers by a hidden check alone."""
    exercise = prepared("ex9").exercise
    public = next(one for one in exercise.checks if one.id == "minus_gradients")
    function = secret_of(number)
    hidden = public._replace(id="cubes", title="Cubes", function=function, visibility="hidden")
    asked = exercise._replace(checks=(public, hidden), advisories=())
    return prepare_exercise(asked, [Textbook()])


def told_with_a_secret(number: float, *faults: tuple[str, str]) -> tuple[Report, list[Program]]:
    asked = with_a_secret(number)
    source = catalogue.solution(asked.exercise)
    for right, wrong in faults:
        source = source.replace(right, wrong)
    subject = WatchedEdits(source)
    submission = Submission("value.py", "/", "script", "", source)
    options = GradingOptions(examples_s=0.0, repair_steps=STEPS)
    report = grade(asked, submission, subject, options)
    secret = record(asked.exercise.checks[1].function)
    assert secret.steps not in [one.steps for one in subject.asked]
    return report._replace(duration_s=0), subject.asked


MINUS = (DIFFERENCE, "return self + other")
NO_POWER = ("Value(self.data**exponent", "Value(self.data*exponent")


def test_what_a_hidden_check_alone_fails_for_is_not_searched() -> None:
    report, asked = told_with_a_secret(7.0625, NO_POWER)

    assert causes(report) == [()]
    assert asked == []


def test_a_cause_that_a_hidden_check_alone_shows_tells_where_and_nothing_of_what_it_asks() -> None:
    reports = [told_with_a_secret(number, MINUS, NO_POWER)[0] for number in (7.0625, 5.3125)]

    told = {cause for one in reports[0].checks for cause in _told(one)}
    assert {cause.where.function for cause in told if cause.where} == {"__sub__", "__pow__"}
    assert {cause.edit for cause in told} == {""}
    assert reports[0] == reports[1]  # whatever it asks
    for written in rendered(reports[0]).values():
        assert "7.0625" not in written
        assert "tell nobody" not in written


SUM = "    def __add__(self, other):\n"
FLOODS = (
    "        print('x' * 10_000_000)\n",
    "        for _ in range(10**9):\n            print(self.data)\n",
)


@pytest.mark.parametrize("flood", FLOODS)
def test_what_prints_without_end_is_told_by_that_line(flood: str) -> None:
    asked = prepared("ex9")
    source = catalogue.solution(asked.exercise).replace(SUM, SUM + flood)
    submission = Submission("value.py", "", "script", "", source)
    limits = Limits(program_s=10.0, output_kb=64)
    request = request_for(submission, limits, site_folders(), "")
    subject = Subject(Interpreter, {**request, "folder": "/"}, limits)

    report = grade(asked, submission, subject, GradingOptions(examples_s=0.0, repair_steps=STEPS))
    subject.close()

    line = source[: source.index(flood)].count("\n") + 1
    told = {one.diagnosis for one in report.checks if one.diagnosis}
    assert [(one.id, one.where.line) for one in told if one.where] == [("line-too-much", line)]
