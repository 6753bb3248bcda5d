"""A Program is asked in the usual form; another is looked for only where it goes wrong there."""

from collections.abc import Callable
from typing import Any, NoReturn

from grader.engines.interpreter.execute import Implementation, OutOfTime
from grader.engines.interpreter.forms.engine_form import EngineForm
from grader.engines.observation import NUMBER, Answer
from grader.exercises.check_recorder import record
from grader.sandbox.child.asked_engine import AskedEngine
from tests.sandbox.manners import BASE, MANNERS


def squares(Value: Any) -> dict[str, Any]:
    a = Value(3.0)
    b = a * a
    b.backward()
    return {"a.grad": a.grad}


class Turns:
    """Counts the turns, and what runs in them."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, seconds: float, run: Callable[[], Any], /) -> Any:
        self.seconds.append(seconds)
        return run()


def engine(source: str, turn: Turns) -> AskedEngine:
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(source, names)
    form = EngineForm(names["Value"], "Value", names)
    return AskedEngine(Implementation({"Value": names["Value"]}, names), form, turn, 1.0)


def answers(asked: AskedEngine) -> list[Answer]:
    observation, _ = asked.observe(record(squares))
    return list(observation.answers.values())


def test_a_usual_engine_is_asked_once_and_not_surveyed() -> None:
    turns = Turns()

    assert answers(engine(BASE, turns)) == [Answer(NUMBER, 6.0)]
    assert turns.seconds == [1.0]


def test_another_form_is_looked_for_once_and_then_known() -> None:
    turns = Turns()
    asked = engine(MANNERS["children in a dict"].right.replace("grad", "shift"), turns)

    assert answers(asked) == answers(asked) == [Answer(NUMBER, 6.0)]
    assert turns.seconds == [1.0, 0.25, 1.0, 1.0]


def test_a_usual_engine_that_raises_is_surveyed_and_not_asked_again() -> None:
    turns = Turns()
    asked = engine(BASE.replace("node.rule()", "1 / 0"), turns)

    first, _ = asked.observe(record(squares))
    second, _ = asked.observe(record(squares))

    assert first.fault == second.fault
    assert turns.seconds == [1.0, 0.25, 1.0]


def test_a_survey_that_takes_too_long_leaves_what_was_observed() -> None:
    def out_of_time() -> NoReturn:
        raise OutOfTime

    asked = engine(MANNERS["value, gradient, backprop"].right, Turns())
    assert asked.form is not None
    asked.form.survey = out_of_time  # type: ignore[method-assign]

    observation, _ = asked.observe(record(squares))

    assert observation.ended == "raised"
    assert observation.fault is not None
    assert "backward" in observation.fault.message
