"""Each mutant of an exercise goes wrong in its own way, and is asked no Program twice."""

from grader.engines.compare import compare
from grader.engines.oracles.textbook import Textbook
from grader.exercises import catalogue
from grader.grading.mutants.answers import MutantAnswers
from grader.grading.prepared_exercise import prepare_exercise

EX9 = catalogue.load(catalogue.find("ex9"))
CHECKS = {check.id for check in EX9.checks}
QUESTIONS = {
    key: one for key, one in prepare_exercise(EX9, [Textbook()]).expected.items() if key in CHECKS
}
MUTANTS = MutantAnswers(EX9)


def test_every_mutant_of_an_exercise_fails_one_of_its_checks() -> None:
    misconceptions = list(MUTANTS.misconceptions(QUESTIONS))

    assert [one.diagnosis.id for one in misconceptions] == [
        mutant.id for mutant in catalogue.mutants(EX9)
    ]
    assert all(one.observations for one in misconceptions)


def test_what_a_mutant_gets_right_is_left_out() -> None:
    for one in MUTANTS.misconceptions(QUESTIONS):
        for key, observation in one.observations.items():
            assert compare(QUESTIONS[key].program, QUESTIONS[key].want, observation) is not None


def test_a_mutant_answers_the_same_when_it_is_asked_again() -> None:
    first, second = dict(MUTANTS.wrong(QUESTIONS)), dict(MUTANTS.wrong(QUESTIONS))

    assert first == second
    for diagnosis, wrong in first.items():
        assert all(second[diagnosis][key] is observation for key, observation in wrong.items())
