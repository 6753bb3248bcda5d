"""Every exercise proves itself: solution, starter, mutants, points, prompt."""

from functools import cache

import pytest

from grader import catalogue
from grader.catalogue import Entry
from grader.cli.sitting import suspects
from grader.exercise import Exercise, Mutant
from grader.grade import Options, Oracle, grade
from grader.oracles.engine import Engine
from grader.oracles.mutated import mutated
from grader.oracles.recorded import Recorded
from grader.results import Outcome, Report
from grader.submission import Submission
from tests.catalogue.inprocess import InProcess

ENTRIES = catalogue.entries()
POINTS = {"ex1": 2, "ex2": 4, "ex3": 1, "ex4": 5, "ex5": 2, "ex6": 4, "ex7": 4, "ex9": 5}

every_exercise = pytest.mark.parametrize("entry", ENTRIES, ids=[entry.path for entry in ENTRIES])


@cache
def loaded(entry: Entry) -> Exercise:
    return catalogue.load(entry)


def graded(entry: Entry, source: str) -> Report:
    exercise = loaded(entry)
    submission = Submission("value.py", "/", "script", "", source)
    oracles: list[Oracle] = [Engine(), Recorded(exercise.folder / "torch.json")]
    options = Options(suspects=lambda programs: suspects(exercise, programs))
    return grade(exercise, submission, InProcess(source), oracles, options)


def test_the_track_has_the_points_of_its_sheet() -> None:
    assert {entry.name: loaded(entry).points for entry in ENTRIES} == POINTS


@every_exercise
def test_the_solution_scores_everything(entry: Entry) -> None:
    report = graded(entry, catalogue.solution(loaded(entry)))

    assert report.passed
    assert report.score == report.max_score


@every_exercise
def test_both_oracles_are_heard_on_every_program(entry: Entry) -> None:
    report = graded(entry, catalogue.solution(loaded(entry)))

    assert len(report.oracles) == 2


@every_exercise
def test_the_starter_runs_and_scores_nothing(entry: Entry) -> None:
    report = graded(entry, catalogue.starter(entry))

    assert report.score == 0


@every_exercise
def test_a_check_says_what_it_claims_in_one_line_of_a_terminal(entry: Entry) -> None:
    for check in loaded(entry).checks:
        assert len(check.title) <= 60, check.title


MUTANTS = [(entry, mutant) for entry in ENTRIES for mutant in catalogue.mutants(loaded(entry))]


@pytest.mark.parametrize(
    ("entry", "mutant"), MUTANTS, ids=[f"{entry.path}-{mutant.id}" for entry, mutant in MUTANTS]
)
def test_a_mutant_is_caught_and_named(entry: Entry, mutant: Mutant) -> None:
    source = mutated(catalogue.solution(loaded(entry)), mutant, "mutants.py")

    report = graded(entry, source)

    assert not report.passed
    assert report.score < report.max_score
    named = {check.diagnosis.id for check in report.checks if check.diagnosis}
    assert [mutant.id in name.split("/") for name in named] == [True]


@every_exercise
def test_an_exercise_has_at_least_three_mutants(entry: Entry) -> None:
    assert len(catalogue.mutants(loaded(entry))) >= 3


@every_exercise
def test_what_a_mutant_says_is_one_sentence_without_code(entry: Entry) -> None:
    for mutant in catalogue.mutants(loaded(entry)):
        assert mutant.says.endswith(".")
        assert mutant.asks.endswith("?")
        assert "`" not in mutant.says
        assert "self." not in mutant.says + mutant.asks


@every_exercise
def test_later_solutions_still_solve_earlier_exercises(entry: Entry) -> None:
    last = loaded(ENTRIES[-1])

    report = graded(entry, catalogue.solution(last))

    assert [check.outcome for check in report.checks] == [Outcome.PASSED] * len(report.checks)


@every_exercise
def test_a_prompt_says_what_is_asked_and_fits_a_screen(entry: Entry) -> None:
    prompt = catalogue.prompt(entry)

    assert prompt.startswith("# ")
    assert len(prompt.splitlines()) <= 60
    assert max(map(len, prompt.splitlines())) <= 100


@every_exercise
def test_every_mutant_of_an_earlier_exercise_leaves_a_verdict(entry: Entry) -> None:
    """A fault from before is judged like any other, and never breaks the grader."""
    for mutant in catalogue.mutants(loaded(ENTRIES[0])):
        source = mutated(catalogue.solution(loaded(ENTRIES[0])), mutant, "mutants.py")

        report = graded(entry, source)

        assert Outcome.BROKEN not in {check.outcome for check in report.checks}
