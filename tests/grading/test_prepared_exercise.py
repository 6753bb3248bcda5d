"""What an exercise asks is made ready once, with the oracles that know all of it."""

from grader.engines.observation import Observation
from grader.engines.oracles.textbook import Textbook
from grader.engines.program import Program
from grader.exercises import catalogue
from grader.exercises.exercise_programs import check_of, programs
from grader.grading.prepared_exercise import prepare_exercise

EX9 = catalogue.load(catalogue.find("ex9"))


class Forgetful:
    """An oracle that answers as the textbook does, and has forgotten the first Program."""

    label = "forgetful"

    def __init__(self) -> None:
        self._forgotten: Program | None = None

    def answer(self, program: Program) -> Observation | None:
        self._forgotten = self._forgotten or program
        return None if program == self._forgotten else Textbook().answer(program)


def test_everything_that_an_exercise_asks_has_an_answer() -> None:
    prepared = prepare_exercise(EX9, [Textbook()], seed=5)

    asked = {key: one.program for key, one in prepared.expected.items()}
    others = {key: asked.pop(key) for key in [*asked] if key.endswith("~")}
    assert asked == programs(EX9, 5)
    assert [check_of(key) for key in others] == [check.id for check in EX9.checks]
    assert {one.want.ended for one in prepared.expected.values()} == {"answered"}


def test_with_everyone_s_seed_nothing_is_asked_that_is_not_recorded() -> None:
    prepared = prepare_exercise(EX9, [Textbook()])

    assert prepared.expected.keys() == programs(EX9).keys()


def test_an_oracle_that_does_not_know_all_is_not_named() -> None:
    prepared = prepare_exercise(EX9, [Textbook(), Forgetful()])

    assert prepared.oracles == ("reference",)


def test_all_submissions_share_one_set_of_candidates_and_no_two_exercises_do() -> None:
    one, other = prepare_exercise(EX9, [Textbook()]), prepare_exercise(EX9, [Textbook()])

    assert one.candidates() is one.candidates()
    assert one.candidates() is not other.candidates()
