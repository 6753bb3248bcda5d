"""The stages in their order: loaded, asked, compared, diagnosed, shown."""

from collections.abc import Callable, Mapping, Sequence

from grader.engines.observation import NUMBER, Answer, Observation
from grader.engines.oracles.expected import Oracle
from grader.engines.oracles.textbook import Textbook
from grader.engines.program import Program
from grader.exercises import catalogue
from grader.grading.preparation import misconceptions_of
from grader.grading.prepared_exercise import prepare_exercise
from grader.grading.stages import GradingOptions, grade
from grader.reports.report import Outcome, Report
from grader.sandbox.load_result import LoadResult
from grader.sandbox.subject import AskOptions
from grader.submissions.submission import Submission
from tests.exercises.shipped.inprocess import InProcess
from tests.places import SAMPLES

EX9 = catalogue.load(catalogue.find("ex9"))
SOLUTION = catalogue.solution(EX9)
MINUS = (SAMPLES / "minus.py").read_text(encoding="utf-8")
OPTIONS = GradingOptions(misconceptions=misconceptions_of(EX9), examples_s=60)


class Recorder(InProcess):
    """A submission in this process that keeps what it was asked, in order."""

    def __init__(self, source: str, dies: bool = False) -> None:
        super().__init__(source)
        self.calls: list[str] = []
        self._dies = dies

    def load(self, without: Sequence[str] = ()) -> LoadResult:
        self.calls.append("load")
        return LoadResult("died", detail="signal 9") if self._dies else super().load()

    def ask(
        self,
        programs: Mapping[str, Program],
        asked: AskOptions,
        wanted: Callable[[str], bool],
        done: Callable[[str, Observation], None],
    ) -> None:
        self.calls += [key for key in programs if wanted(key)]
        super().ask(programs, asked, wanted, done)


class Liar:
    """An oracle that answers 7 to whatever is a number."""

    label = "liar"

    def answer(self, program: Program) -> Observation | None:
        right = Textbook().answer(program)
        lies = {
            at: Answer(NUMBER, 7.0) if answer.kind == NUMBER else answer
            for at, answer in right.answers.items()
        }
        return right._replace(answers=lies)


def report_on(subject: InProcess, *oracles: Oracle) -> Report:
    submission = Submission("value.py", "/", "script", "", subject.source)
    prepared = prepare_exercise(EX9, oracles or [Textbook()])
    return grade(prepared, submission, subject, OPTIONS)


def outcomes(report: Report) -> dict[str, Outcome]:
    return {check.id: check.outcome for check in report.checks}


def test_a_right_submission_is_loaded_and_asked_each_program_once() -> None:
    subject = Recorder(SOLUTION)

    report = report_on(subject)

    assert report.passed
    assert subject.calls[0] == "load"
    assert len(subject.calls) == len(set(subject.calls))


def test_a_submission_that_did_not_run_is_asked_nothing() -> None:
    subject = Recorder(SOLUTION, dies=True)

    report = report_on(subject)

    assert subject.calls == ["load"]
    failed = {check.message for check in report.checks if check.outcome is Outcome.FAILED}
    assert failed == {"running value.py ended at once: signal 9"}


def test_a_failure_has_its_example_its_first_wrong_node_and_its_diagnosis() -> None:
    report = report_on(InProcess(MINUS))

    (failed,) = [check for check in report.checks if check.outcome is Outcome.FAILED]
    assert failed.id == "minus_gradients"
    assert failed.diagnosis is not None
    assert failed.diagnosis.id == "S1"
    assert failed.counterexample is not None
    assert failed.counterexample.source.endswith("print(b.grad)")
    assert failed.first_wrong_node is not None
    assert (failed.first_wrong_node.name, failed.first_wrong_node.field) == ("b", "grad")


def test_what_comes_after_a_failed_check_is_skipped_and_says_for_which() -> None:
    report = report_on(InProcess(MINUS))

    title = next(check.title for check in report.checks if check.id == "minus_gradients")
    skipped = {check.message for check in report.checks if check.outcome is Outcome.SKIPPED}
    assert skipped == {f"asked when “{title}” holds"}


def test_oracles_that_disagree_cost_no_points_whatever_was_answered() -> None:
    report = report_on(InProcess(MINUS), Textbook(), Liar())

    broken = [check for check in report.checks if check.outcome is Outcome.BROKEN]
    assert "minus_gradients" in {check.id for check in broken}
    assert all(check.score == check.max_score for check in broken)
    assert {check.message for check in broken} == {"not your fault: reference and liar disagree"}


def test_without_a_class_to_grade_every_check_says_what_was_looked_for() -> None:
    report = report_on(InProcess("x = 3\n"))

    assert set(outcomes(report).values()) <= {Outcome.FAILED, Outcome.SKIPPED}
    assert report.checks[0].message.startswith("no class")
