"""What `grade verify` says where an exercise falls short, and that the catalogue does not."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pytest

from grader.cli.main import run
from grader.engines.observation import Observation
from grader.engines.oracles.expected import Oracle
from grader.engines.oracles.textbook import Textbook
from grader.engines.program import Program
from grader.errors import at
from grader.exercises import catalogue
from grader.exercises.catalogue import ExerciseEntry
from grader.exercises.check_recorder import record
from grader.exercises.random.scalar_programs import TaughtOperations, taught_by
from grader.grading.mutants.engine import mutated_source
from grader.grading.verification.bare_solution import bare
from grader.grading.verification.prove import prove
from grader.grading.verification.verify import Materials, Proof, verify
from grader.reports.report import Report
from tests.exercises.shipped.inprocess import graded
from tests.quality.diagnoses import EVERY_EXERCISE, graded_by_seed

ENTRY = catalogue.find("my475/ex9")
EXERCISE = catalogue.load(ENTRY)
SOLUTION = catalogue.solution(EXERCISE)
MUTANTS = {
    mutant.id: mutated_source(SOLUTION, mutant, "mutants.py")
    for mutant in catalogue.mutants(EXERCISE)
}


class Second(Textbook):
    """An oracle that agrees with the reference engine."""

    label = "second"


class Liar(Second):
    """An oracle that is wrong about one Program."""

    def __init__(self, about: Program) -> None:
        super().__init__()
        self.about = about

    def answer(self, program: Program) -> Observation:
        """Answer, except about one Program."""
        truth = super().answer(program)
        return Observation("died") if program.steps == self.about.steps else truth


def proof(
    solution: str = SOLUTION,
    starter: str = "class Value:\n    pass\n",
    mutants: Mapping[str, str] | None = None,
    variants: Mapping[str, str] | None = None,
    second: Oracle | None = None,
    **further: Any,
) -> Proof:
    some = {"S1": MUTANTS["S1"]}
    materials = Materials(solution, starter, mutants or some, variants or {}, **further)
    oracles = (Textbook(), second or Second())
    return verify(EXERCISE, materials, sit, oracles)


def sit(source: str, _: int) -> Report:
    return graded(EXERCISE, source)


def test_an_exercise_that_holds_has_no_problems() -> None:
    shown = proof(mutants=MUTANTS, variants={"again": SOLUTION})

    assert shown.problems == ()
    assert (shown.caught, shown.mutants, shown.variants) == (18, 18, 1)
    assert "S1" in shown.kills["minus_gradients"]


def test_a_solution_that_fails_is_said_with_the_check_and_what_is_wrong() -> None:
    shown = proof(solution=MUTANTS["S2"])

    assert shown.problems == (
        "the solution fails squared_error: c.data is 1.0, expected -1.0",
        "the solution fails minus_gradients: a.grad is -1.0, expected 1.0",
    )


def test_a_starter_that_scores_is_said() -> None:
    shown = proof(starter=MUTANTS["P1"])

    assert shown.problems == ("the starter scores 3, and 0 is given",)


def test_a_mutant_that_survives_is_said() -> None:
    shown = proof(mutants={"Z1": SOLUTION})

    says = "the mutant Z1 passes everything: it is right, or no check asks for its fault"
    assert shown.problems == (f"{at(EXERCISE.folder / 'mutants.py', 1)}: {says}",)
    assert shown.caught == 0


def test_a_mutant_that_is_taken_for_another_is_said() -> None:
    shown = proof(mutants={"Z1": MUTANTS["S1"]})

    assert shown.problems == ("the mutant Z1 is caught, and not named",)


def test_a_right_variant_that_loses_points_is_said() -> None:
    shown = proof(variants={"odd": MUTANTS["S2"]})

    problem = "the variant odd is right, and fails squared_error, minus_gradients"
    assert shown.problems == (problem,)


def test_what_is_undecided_comes_before_what_follows_from_it() -> None:
    undecided = ("prompt.md:3: decide the task",)
    materials = Materials(SOLUTION, SOLUTION, {"S1": MUTANTS["S1"]}, {}, undecided)

    shown = verify(EXERCISE, materials, sit, (Textbook(), Second()))

    assert shown.problems == (
        "prompt.md:3: decide the task",
        "the starter scores 5, and 0 is given",
    )


def test_oracles_that_disagree_are_said() -> None:
    from grader.exercises.exercise_programs import programs

    shown = proof(second=Liar(programs(EXERCISE)["power_values"]))

    assert shown.problems == ("the oracles disagree on power_values: second does not answer: died",)
    assert shown.programs == 22


def test_a_check_that_asks_for_what_is_not_taught_is_said() -> None:
    without_powers = bare(SOLUTION, ("add", "mul", "sub", "neg"))

    shown = proof(bare=without_powers)

    assert shown.problems == (
        "power_values asks for what `taught` does not name: `b = a ** 2` raises TypeError: "
        "unsupported operand type(s) for ** or pow(): 'Value' and 'int'",
    )


def test_an_example_that_demands_more_than_its_check_is_said() -> None:
    def twice(Value: Any) -> dict[str, Any]:
        a = Value(2.0)
        b = a * a
        b.backward()
        b.backward()
        return {"a.grad": a.grad}

    def reflected(Value: Any) -> dict[str, Any]:
        a = Value(2.0)
        b = 3 - a
        b.backward()
        return {"a.grad": a.grad}

    shown = proof(
        examples={
            ("S1", "minus_gradients"): record(twice),
            ("S2", "power_gradients"): record(reflected),
        }
    )

    assert shown.problems == (
        "the example of minus_gradients for S1 demands a second pass over one graph",
        "the example of power_gradients for S2 demands sub: 2 a",
    )


def test_what_has_been_taught_is_sorted_into_operators_methods_and_numbers() -> None:
    taught = taught_by(("add", "neg", "relu", "numbers"))

    assert taught == TaughtOperations(("add", "neg"), ("relu",), numbers=True)


@pytest.mark.parametrize("entry", EVERY_EXERCISE)
def test_an_exercise_of_the_catalogue_holds(
    entry: ExerciseEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What its mutants and variants do in processes of their own, `grade verify` says by hand.

    The oracles agree on a thousand random Programs of all that can be taught, see
    `test_scalar_programs`:
    a hundred of what this exercise has taught are asked here.
    """
    pytest.importorskip("torch", reason="torch is not installed: one oracle is missing")
    monkeypatch.setattr("grader.grading.verification.verify.RANDOM_PROGRAMS", 100)

    proven = prove(entry, partial(graded_by_seed, entry.path))

    assert proven.problems == ()
    assert proven.caught == proven.mutants == len(catalogue.mutants(catalogue.load(entry)))
    assert proven.variants == len(catalogue.variants(entry))


def test_proving_one_exercise_tells_what_each_check_catches(
    capsys: pytest.CaptureFixture[str],
) -> None:
    pytest.importorskip("torch", reason="torch is not installed: one oracle is missing")

    run(["verify", "ex3"])

    assert "leaves_start_at_zero fails I1" in capsys.readouterr().out
