"""A run in which there is nothing to compare is wrong at the first thing that was asked."""

from typing import Any

from grader.engines.observation import NOTHING, NUMBER, Answer
from grader.exercises.exercise import holds
from grader.exercises.exercise_programs import program_of
from grader.grading.own_run.run_result import no_result
from tests.grading.own_run.runs import ask


@holds(points=1)
def product(Value: Any) -> dict[str, Any]:
    """A product and its gradient."""
    a = Value(2.0)
    c = a * a
    c.backward()
    return {"c.data": c.data, "a.grad": a.grad}


QUESTION = ask(program_of(product))
FIRST, SECOND = (look.at for look in QUESTION.program.observed)


def test_it_is_wrong_at_the_first_look_and_answers_nothing() -> None:
    result = no_result(QUESTION, "no training was seen")

    assert result.mismatch is not None
    assert (result.mismatch.at, result.mismatch.got) == (FIRST, Answer(NOTHING, None))
    assert result.mismatch.want == Answer(NUMBER, 4.0)
    assert (result.message, result.score) == ("no training was seen", 0.0)
    assert result.observation.answers == {}


def test_what_is_right_all_the_same_is_kept_with_its_points() -> None:
    answers = {SECOND: Answer(NUMBER, 4.0)}

    result = no_result(QUESTION, "no training was seen", score=0.5, answers=answers)

    assert (result.observation.answers, result.score) == (answers, 0.5)
