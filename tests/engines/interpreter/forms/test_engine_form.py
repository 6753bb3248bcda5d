"""The form of an engine is the usual one until something that is asked for is missing."""

from typing import Any

import pytest

from grader.engines.interpreter.execute import Implementation, execute
from grader.engines.interpreter.forms.engine_form import EngineForm
from grader.engines.observation import NOTHING, NUMBER, Answer, Observation
from grader.exercises.check_recorder import record
from tests.sandbox.manners import BASE, MANNERS


def form_of(source: str, name: str = "Value", by_name: tuple[str, ...] = ()) -> EngineForm:
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(source, names)
    return EngineForm(names[name], name, names, by_name)


def asks(Value: Any) -> dict[str, Any]:
    a = Value(2.0)
    b = a * a
    b.backward()
    a.data = 5.0
    return {"a.data": a.data, "a.grad": a.grad}


def observed(form: EngineForm) -> Observation:
    form.survey()
    names = {"Value": form.kind}
    return execute(record(asks), Implementation(names, form=form.own))


def test_a_usual_engine_is_surveyed_and_found_usual() -> None:
    form = form_of(BASE)

    form.survey()

    assert not form.looks_unusual()
    assert form.own is None


def test_a_usual_engine_does_not_look_unusual() -> None:
    assert not form_of(BASE).looks_unusual()


@pytest.mark.parametrize(
    "name",
    [
        "has to be told that it wants gradients",
        "the name comes before the number",
        "backward is the rule of one node, backprop the pass",
    ],
)
def test_some_forms_show_before_anything_is_asked(name: str) -> None:
    assert form_of(MANNERS[name].right).looks_unusual()


@pytest.mark.parametrize("name", [name for name in MANNERS if "class" not in name])
def test_what_is_asked_is_answered_in_every_form(name: str) -> None:
    observation = observed(form_of(MANNERS[name].right))

    answers = [one.value for one in observation.answers.values()]
    assert observation.ended == "answered"
    assert answers == pytest.approx([5.0, 4.0])


def test_what_is_asked_by_name_is_not_looked_for() -> None:
    form = form_of(MANNERS["value, gradient, backprop"].right, by_name=("grad",))

    observation = observed(form)

    assert observation.fault is not None
    assert observation.fault.message == "'Value' object has no attribute 'grad'"


def test_a_survey_is_needed_where_something_raises_or_is_no_number() -> None:
    form, program = form_of(BASE), record(asks)
    at = program.observed[0].at

    assert form.needs_survey(program, Observation("raised"))
    assert form.needs_survey(program, Observation("answered", {at: Answer(NOTHING, None)}))
    assert not form.needs_survey(program, Observation("answered", {at: Answer(NUMBER, 7.0)}))


def test_a_survey_that_had_to_be_ended_leaves_the_usual_form() -> None:
    form = form_of(MANNERS["value, gradient, backprop"].right)

    form.give_up()
    form.survey()

    assert form.own is None
