"""A submission may keep its number under another name, and have functions in place of methods."""

from typing import Any

import pytest

from grader import check, operation_of
from grader.engines.compare import compare
from grader.engines.interpreter.execute import Implementation, execute
from grader.engines.interpreter.forms.engine_form import EngineForm
from grader.engines.observation import NUMBER, Answer, Observation
from grader.engines.oracles.textbook import Textbook
from grader.exercises.check_recorder import record
from grader.feedback.wording.explain import explain

SOURCE = """\
class Var:
    def __init__(self, value, made_from=()):
        self.value = value
        self.derivative = 0.0
        self.made_from = made_from

    def __mul__(self, other):
        return Var(self.value * other.value, (self, other))


def relu(x):
    return Var(abs(x.value), (x,))


def backward(root):
    for node in root.made_from:
        node.derivative += 1.0
"""


def opened(Value: Any) -> dict[str, Any]:
    a = Value(2.0)
    b = (a * a).relu()
    b.backward()
    a.data = a.data - 0.5
    return {"b.data": b.data, "a.data": a.data}


def shut(Value: Any) -> dict[str, Any]:
    a = Value(-2.0)
    b = a.relu()
    return {"b.data": b.data}


def given(Value: Any) -> dict[str, Any]:
    a = Value(2.0)
    b = a.sigmoid()
    return {"b.data": b.data}


def implementation(source: str = SOURCE) -> Implementation:
    names: dict[str, Any] = {"__name__": "submission"}
    exec(source, names)
    form = EngineForm(names["Var"], "Var", names)
    form.survey()
    return Implementation({"Value": names["Var"]}, names, form=form.own)


def test_a_number_is_read_and_set_under_the_name_that_a_class_gives_it() -> None:
    observation = execute(record(opened), implementation())

    assert list(observation.answers.values()) == [Answer(NUMBER, 4.0), Answer(NUMBER, 1.5)]


def test_an_observation_tells_what_a_submission_calls_otherwise() -> None:
    observation = execute(record(opened), implementation())

    assert observation.members == {
        "relu": "relu({})",
        "backward": "backward({})",
        "data": "{}.value",
    }


def test_an_engine_of_the_usual_names_has_nothing_to_tell() -> None:
    assert Textbook().answer(record(opened)).members == {}


def test_where_the_sheet_asks_for_data_no_other_name_is_tried() -> None:
    names: dict[str, Any] = {"__name__": "submission"}
    exec(SOURCE, names)
    form = EngineForm(names["Var"], "Var", names, by_name=("data",))
    form.survey()

    observation = execute(
        record(shut), Implementation({"Value": names["Var"]}, names, form=form.own)
    )

    assert observation.ended == "raised"
    assert observation.fault is not None
    assert observation.fault.message == "'Var' object has no attribute 'data'"


def test_the_pasted_program_reads_as_the_submission_s_own_code() -> None:
    program = record(shut)
    want, got = Textbook().answer(program), execute(program, implementation())
    mismatch = compare(program, want, got)
    assert mismatch is not None

    told = explain(program, mismatch, {"reference": want}, {"Value": "Var"}, lambda *_: None)

    assert told.counterexample.source == "a = Var(-2.0)\nb = relu(a)\nprint(b.value)"
    assert told.counterexample.got == 2.0


@pytest.mark.parametrize("helper", ["from math import exp as sigmoid", "class sigmoid: pass", ""])
def test_what_is_no_function_of_the_submission_stands_in_for_no_method(helper: str) -> None:
    observation = execute(record(given), implementation(f"{SOURCE}\n{helper}\n"))

    assert observation.fault is not None
    assert observation.fault.message == "'Var' object has no attribute 'sigmoid'"


def test_a_method_goes_before_a_function_of_its_name() -> None:
    method = "Var.relu = lambda self: Var(max(0.0, self.value))\n"

    observation = execute(record(shut), implementation(SOURCE + method))

    assert observation == Observation(
        "answered", {2: Answer(NUMBER, 0.0)}, members={"data": "{}.value"}
    )


def test_a_function_that_is_not_there_yet_is_said_to_be_missing() -> None:
    @check(points=1)
    def traced(Value: Any, trace: Any) -> dict[str, Any]:
        """Ask for a trace."""
        return {"": operation_of(trace(Value(2.0)))}

    program = record(traced.function)
    got = execute(program, implementation())
    want = Observation("answered", {2: Answer("word", "")})
    mismatch = compare(program, want, got)
    assert mismatch is not None

    told = explain(program, mismatch, {"reference": want}, {}, lambda *_: None)

    assert told.message == "there is no function trace yet"
