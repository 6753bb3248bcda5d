"""Every exercise proves itself: solution, starter, mutants, points, prompt."""

import re
from contextlib import redirect_stdout
from functools import cache
from io import StringIO
from math import isfinite

import pytest

from grader.engines.observation import Array
from grader.engines.oracles.textbook import Textbook
from grader.engines.program import Program
from grader.exercises import catalogue
from grader.exercises.catalogue import ExerciseEntry
from grader.exercises.exercise import Exercise
from grader.exercises.exercise_programs import (
    DEFAULT_SEED,
    check_of,
    first_oracle,
    program_of,
    programs,
)
from grader.grading.mutants.engine import mutated_source
from grader.reports.report import Outcome
from tests.exercises.shipped.inprocess import graded
from tests.quality.diagnoses import graded_by_seed

ENTRIES = catalogue.entries()
POINTS = {
    "dl4ds": 19,
    "karpathy": 17,
    "my475": 54,
    "optim": 19,
    "scalar": 18,
    "sri": 16,
    "tensor": 24,
}
MY475 = {
    **{"ex1": 2, "ex2": 4, "ex3": 1, "ex4": 5, "ex5": 2, "ex6": 4, "ex7": 4, "ex8": 2, "ex9": 5},
    **{"ex10": 2, "ex11": 4, "ex12": 5, "ext1": 6, "ext2": 8},
}

every_exercise = pytest.mark.parametrize("entry", ENTRIES, ids=[entry.path for entry in ENTRIES])


@cache
def loaded(entry: ExerciseEntry) -> Exercise:
    return catalogue.load(entry)


def test_a_track_has_the_points_of_its_sheet() -> None:
    points = {entry.path: loaded(entry).points for entry in ENTRIES}

    totals = {
        track: sum(held for path, held in points.items() if path.startswith(f"{track}/"))
        for track in POINTS
    }

    assert totals == POINTS
    assert {name: points[f"my475/{name}"] for name in MY475} == MY475


@every_exercise
def test_the_solution_scores_everything(entry: ExerciseEntry) -> None:
    report = graded(loaded(entry), catalogue.solution(loaded(entry)))

    assert report.passed
    assert report.score == report.max_score


@every_exercise
def test_both_oracles_are_heard_on_every_program(entry: ExerciseEntry) -> None:
    report = graded(loaded(entry), catalogue.solution(loaded(entry)))

    assert len(report.oracles) == 2


@every_exercise
def test_the_starter_runs_and_scores_what_is_given(entry: ExerciseEntry) -> None:
    report = graded(loaded(entry), catalogue.starter(entry))

    assert report.score == loaded(entry).starter_points


@every_exercise
def test_a_check_says_what_it_claims_in_one_line_of_a_terminal(entry: ExerciseEntry) -> None:
    for check in loaded(entry).checks:
        assert len(check.title) <= 60, check.title


@every_exercise
def test_an_exercise_has_at_least_three_mutants(entry: ExerciseEntry) -> None:
    assert len(catalogue.mutants(loaded(entry))) >= 3


@every_exercise
def test_what_a_mutant_says_is_one_sentence_without_code(entry: ExerciseEntry) -> None:
    for mutant in catalogue.mutants(loaded(entry)):
        assert mutant.says.endswith(".")
        assert mutant.asks.endswith("?")
        assert "`" not in mutant.says
        assert "self." not in mutant.says + mutant.asks


@every_exercise
def test_later_solutions_still_solve_earlier_exercises(entry: ExerciseEntry) -> None:
    last = loaded([other for other in ENTRIES if other.track == entry.track][-1])

    report = graded(loaded(entry), catalogue.solution(last))

    assert [check.outcome for check in report.checks] == [Outcome.PASSED] * len(report.checks)


@every_exercise
def test_a_prompt_says_what_is_asked_and_fits_a_screen(entry: ExerciseEntry) -> None:
    prompt = catalogue.prompt(entry)

    assert prompt.startswith("# ")
    assert len(prompt.splitlines()) <= 60
    assert max(map(len, prompt.splitlines())) <= 100


@every_exercise
def test_the_example_of_a_prompt_prints_what_it_says(entry: ExerciseEntry) -> None:
    examples = re.findall(r"```python\n(.*?)```", catalogue.prompt(entry), re.DOTALL)
    names: dict[str, object] = {}
    exec(catalogue.solution(loaded(entry)), names)

    for example in examples:
        printed = StringIO()
        with redirect_stdout(printed):
            exec(example, names)

        promised = re.findall(r"^print\(.*\)  # (.+)$", example, re.MULTILINE)
        assert promised in ([], printed.getvalue().splitlines())


@every_exercise
def test_every_mutant_of_an_earlier_exercise_leaves_a_report(entry: ExerciseEntry) -> None:
    """A fault from before is reported like any other, and never breaks the grader."""
    first = loaded(ENTRIES[0])
    for mutant in catalogue.mutants(first):
        source = mutated_source(catalogue.solution(first), mutant, "mutants.py")

        report = graded_by_seed(entry.path, source, DEFAULT_SEED)

        assert Outcome.BROKEN not in {check.outcome for check in report.checks}


@every_exercise
def test_a_check_about_gradients_asks_for_one_that_is_no_whole_number(
    entry: ExerciseEntry,
) -> None:
    """An engine that cuts its gradients is met wherever they are more than 0, 1 or -1.

    In sums alone each of them counts routes, and with a product what is wrong in that one would be
    charged there too.
    """
    engine = {check.id for check in loaded(entry).checks if check.own_run is None}
    gradients: dict[str, set[float]] = {id_: set() for id_ in engine}
    for key, program in programs(loaded(entry)).items():
        if check_of(key) in engine and not _is_of_sums(program):
            gradients[check_of(key)] |= _gradients_asked(program, first_oracle(loaded(entry)))

    cut = [
        id_
        for id_, asked in gradients.items()
        if asked - {0, 1, -1} and asked == {*map(int, asked)}
    ]
    assert cut == []


def _is_of_sums(program: Program) -> bool:
    operations = {step.name for step in program.steps if step.kind == "operate"}
    return operations == {"add"}


def _gradients_asked(program: Program, oracle: Textbook) -> set[float]:
    """Return the gradients that a Program reads, entry by entry, as the reference engine has them.

    What is not finite is left out: an engine that overflows is none that cuts.
    """
    answers = oracle.answer(program).answers
    found: set[float] = set()
    for _, at in program.observed:
        if program.steps[at].name == "grad":
            value = answers[at].value
            entries = value.entries if isinstance(value, Array) else (value,)
            found |= {one for one in entries if isinstance(one, float) and isfinite(one)}
    return found


@pytest.mark.parametrize(
    "path", ["my475/ex4", "my475/ex7", "dl4ds/v3", "scalar/reuse", "sri/gradients"]
)
def test_where_a_sum_first_sends_gradients_two_equal_small_ints_are_added(path: str) -> None:
    entry = next(one for one in ENTRIES if one.path == path)
    sums = [
        [program.steps[at] for at in step.refs()]
        for program in (program_of(check) for check in loaded(entry).checks)
        for step in program.steps
        if step.name == "add"
    ]

    equal = [
        pair for pair in sums if len(pair) == 2 and pair[0] is not pair[1] and pair[0] == pair[1]
    ]
    assert any(type(leaf.operands[0]) is int for leaf, _ in equal)
