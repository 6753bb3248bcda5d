"""The engine is asked openly first; what is hidden comes last, where nothing can show it."""

from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from grader.engines.observation import Observation
from grader.engines.oracles.textbook import Textbook
from grader.engines.program import Program
from grader.exercises import catalogue
from grader.grading.one_submission import sandboxed
from grader.grading.prepared_exercise import prepare_exercise
from grader.grading.request import GradeRequest
from grader.grading.stages import grade
from grader.reports.report import Outcome
from grader.sandbox.protocol.limits import granted
from grader.sandbox.subject import AskOptions
from grader.submissions.submission import Submission
from tests import authored
from tests.exercises.shipped.inprocess import InProcess, graded
from tests.reports.hostile import rendered

EX9 = catalogue.load(catalogue.find("my475/ex9"))


class Order(InProcess):
    """Keeps what it is asked, and when it is to start over."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self.calls: list[str] = []

    def ask(
        self,
        programs: Mapping[str, Program],
        asked: AskOptions,
        wanted: Callable[[str], bool],
        done: Callable[[str, Observation], None],
    ) -> None:
        self.calls += [key for key in programs if "@" not in key and "#" not in key]
        super().ask(programs, asked, wanted, done)

    def start_over(self) -> None:
        self.calls.append("in a new process")


def test_what_is_hidden_is_asked_last_in_a_process_of_its_own() -> None:
    exercise = EX9
    secret, public = exercise.checks[1].id, [exercise.checks[0].id]
    public += [check.id for check in exercise.checks[2:]]
    exercise = exercise._replace(
        checks=tuple(
            check._replace(visibility="hidden" if check.id == secret else "public")
            for check in exercise.checks
        )
    )
    source = catalogue.solution(exercise)
    subject = Order(source)
    submission = Submission("value.py", "/", "script", "", source)

    report = grade(prepare_exercise(exercise, [Textbook()]), submission, subject)

    assert report.passed
    again = "in a new process"
    advisories = [advisory.id for advisory in exercise.advisories]
    assert subject.calls == [*public, *advisories, again, secret, again]


SPY = """\
import sys

class Value:
    def __init__(self, data):
        self.data = data

    def __add__(self, other):
        frame, seen = sys._getframe(), []
        while frame is not None:
            seen += [repr(value) for value in frame.f_locals.values() if value is not seen]
            frame = frame.f_back
        raise RuntimeError(" ".join(text for text in seen if "77." "125" in text) or "nothing")
"""


def test_a_public_check_cannot_show_what_a_hidden_one_asks(tmp_path: Path) -> None:
    checks = authored.CHECKS.replace("    a = Value(1.0)\n", "    a = Value(77.125)\n")
    entry = authored.exercise(tmp_path, checks=checks.replace("after=adds, ", ""))
    exercise = catalogue.load(entry)
    submission = Submission("value.py", "/", "script", "", SPY)
    request = GradeRequest("one", limits=granted(exercise.limits))

    with closing(sandboxed(submission, request)) as subject:
        report = grade(prepare_exercise(exercise, [Textbook()]), submission, subject)

    public, secret = report.checks
    assert "raises RuntimeError: nothing" in public.message
    assert secret.outcome is Outcome.FAILED
    assert not [text for text in rendered(report).values() if "77.125" in text]


def test_functions_alone_are_asked_without_a_class_where_only_a_run_takes_one() -> None:
    slopes = catalogue.load(catalogue.find("karpathy/slopes"))
    source = catalogue.solution(slopes)
    assert "class" not in source

    right, empty = graded(slopes, source), graded(slopes, "")

    assert right.score == right.max_score
    assert empty.score == 0
    assert "no class" not in " ".join(check.message for check in empty.checks)
