"""A hidden check counts, and says nothing of what it asks, in every format."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from grader.cli.main import run
from grader.engines.observation import Observation
from grader.engines.oracles.textbook import Textbook
from grader.engines.program import Program
from grader.exercises import catalogue
from grader.exercises.exercise import Exercise
from grader.grading.mutants.engine import mutated_source
from grader.grading.prepared_exercise import prepare_exercise
from grader.grading.stages import grade
from grader.reports.report import CheckResult, Outcome, Report
from grader.reports.text.wording import agreement
from grader.sandbox.subject import AskOptions
from grader.submissions.submission import Submission
from tests import authored
from tests.exercises.shipped.inprocess import InProcess, graded
from tests.reports.hostile import rendered, texts_of

NAMES = ["my475/ex1", "my475/ex9", "my475/ex10", "my475/ex11"]
EXERCISES = {name: catalogue.load(catalogue.find(name)) for name in NAMES}


def hidden(exercise: Exercise) -> Exercise:
    checks = (check._replace(visibility="hidden") for check in exercise.checks)
    return exercise._replace(checks=tuple(checks))


def mutants(exercise: Exercise) -> dict[str, str]:
    """The first three mutants, as sources."""
    solution, file = catalogue.solution(exercise), "mutants.py"
    some = catalogue.mutants(exercise)[:3]
    return {mutant.id: mutated_source(solution, mutant, file) for mutant in some}


MUTANTS = [(name, id_) for name, exercise in EXERCISES.items() for id_ in mutants(exercise)]


@pytest.mark.parametrize(("name", "mutant"), MUTANTS)
def test_a_hidden_check_that_fails_shows_nothing_that_a_public_one_would(
    name: str, mutant: str
) -> None:
    source = mutants(EXERCISES[name])[mutant]
    open_to_all = graded(EXERCISES[name], source)

    report = graded(hidden(EXERCISES[name]), source)

    assert outcomes(report) == outcomes(open_to_all)
    assert report.score == open_to_all.score
    secret = {text for check in failed(open_to_all) for text in told_of(check)}
    assert secret
    for written in rendered(report).values():
        assert not {text for text in secret if text in written}


def told_of(check: CheckResult) -> Iterator[str]:
    """What only who knows the question can say: all that is longer than a number or a name."""
    shown = (check.message, check.counterexample, check.first_wrong_node, check.training)
    for text in texts_of(tuple(part for part in shown if part is not None)):
        yield from (line.strip() for line in text.splitlines() if len(line.strip()) > 12)


def outcomes(report: Report) -> list[tuple[str, Outcome, float]]:
    return [(check.id, check.outcome, check.score) for check in report.checks]


def failed(report: Report) -> list[CheckResult]:
    return [check for check in report.checks if check.outcome is Outcome.FAILED]


def test_it_shows_its_title_and_what_explains_the_fault() -> None:
    exercise = hidden(EXERCISES["my475/ex9"])

    report = graded(exercise, mutants(exercise)["S1"])

    (wrong,) = failed(report)
    assert wrong == CheckResult(
        "minus_gradients",
        "Subtraction sends a minus to its right operand",
        Outcome.FAILED,
        0.0,
        1.0,
        "hidden",
        "“Subtraction sends a minus to its right operand” is a hidden check: it fails, and what it "
        "asks is not shown",
        diagnosis=wrong.diagnosis,
    )
    assert wrong.diagnosis is not None
    assert "What happens to a - b when b grows?" in " ".join(rendered(report)["text"].split())


@pytest.mark.parametrize("name", EXERCISES)
def test_a_hidden_check_that_holds_shows_nothing_either(name: str) -> None:
    exercise = hidden(EXERCISES[name])

    report = graded(exercise, catalogue.solution(exercise))

    assert report.passed
    assert not [check for check in report.checks if check.training or check.message]


class Counting(InProcess):
    """Counts how often it is asked."""

    asked = 0

    def ask(
        self,
        programs: Mapping[str, Program],
        asked: AskOptions,
        wanted: Callable[[str], bool],
        done: Callable[[str, Observation], None],
    ) -> None:
        self.asked += 1
        super().ask(programs, asked, wanted, done)


def test_nobody_looks_for_an_example_that_is_not_shown() -> None:
    exercise = EXERCISES["my475/ex9"]
    source = mutants(exercise)["S1"]
    submission = Submission("value.py", "/", "script", "", source)
    shown, kept = Counting(source), Counting(source)

    grade(prepare_exercise(exercise, [Textbook()]), submission, shown)
    grade(prepare_exercise(hidden(exercise), [Textbook()]), submission, kept)

    assert kept.asked == 2  # its remarks, and what is hidden
    assert shown.asked > 1


@pytest.mark.parametrize(
    ("count", "secret", "says"),
    [
        (1, 0, "1 check agrees"),
        (1, 1, "1 hidden check agrees"),
        (5, 0, "5 checks agree"),
        (5, 2, "5 checks (2 hidden) agree"),
    ],
)
def test_who_passes_is_told_how_many_checks_are_hidden(count: int, secret: int, says: str) -> None:
    exercise = EXERCISES["my475/ex9"]
    report = graded(exercise, catalogue.solution(exercise))
    public = report.checks[0]
    checks = [public] * (count - secret) + [public._replace(visibility="hidden")] * secret
    total = sum(check.score for check in checks)

    changed = report._replace(checks=tuple(checks), score=total, max_score=total)

    assert agreement(changed).startswith(f"{says} with the reference engine and torch")
    assert says in rendered(changed)["text"]
    assert says in rendered(changed)["markdown"]
    page = f"all right ({secret} hidden check{'' if secret == 1 else 's'})"
    assert (page in rendered(changed)["html"]) is (secret > 0)


HALF = """\
class Value:
    def __init__(self, data):
        self.data = data

    def __add__(self, other):
        return Value(12345.0 if other is self else self.data + other.data)
"""


def test_its_author_is_told_which_hidden_check_a_solution_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("torch", reason="torch is not installed: one oracle is missing")
    about = authored.ABOUT.replace('"zero"', "").replace('"add", "numbers"', "")
    authored.exercise(tmp_path / "course", solution=HALF, exercise=about)
    (tmp_path / "value.py").write_text(HALF, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert run(["verify", "one", "--exercises", "course", "--record"]) == 1
    author = capsys.readouterr().out
    assert run(["one", "value.py", "--exercises", "course"]) == 1
    student = capsys.readouterr().out

    assert "the solution fails twice" in author
    assert "“A value can be added to itself” is a hidden check: it fails" in student
    assert "12345" not in student
