"""Engines with two misconceptions."""

from grader.engines.compare import compare
from grader.engines.oracles.expected import expect
from grader.engines.oracles.textbook import Textbook
from grader.exercises import catalogue
from grader.exercises.exercise_programs import programs
from grader.grading.mutants.two_mutants import TwoMutants

EX9 = catalogue.load(catalogue.find("ex9"))


COUPLES = TwoMutants(EX9)
PAIR = ("S1", "P1")


def test_an_engine_with_two_misconceptions_has_both() -> None:
    asked = {key: expect(program, [Textbook()]) for key, program in programs(EX9).items()}
    engine = COUPLES.together("S1", "P1")
    assert engine is not None

    wrong = {
        check.id
        for check in EX9.checks
        if compare(asked[check.id].program, asked[check.id].want, engine(asked[check.id].program))
    }

    assert wrong == {"minus_gradients", "power_gradients", "inside_expressions"}


def test_an_engine_is_made_anew_each_time_and_answers_the_same() -> None:
    program = next(iter(programs(EX9).values()))
    first, again, turned = (COUPLES.together(*pair) for pair in (PAIR, PAIR, PAIR[::-1]))
    assert first is not None
    assert again is not None
    assert turned is not None

    assert first is not again
    assert first(program) == again(program) == turned(program)


def test_misconceptions_whose_edits_meet_have_no_engine_and_unknown_ones_neither() -> None:
    assert COUPLES.together("S1", "S2") is None
    assert COUPLES.together("S1", "Z9") is None
    assert COUPLES.together("Z9", "S1") is None
