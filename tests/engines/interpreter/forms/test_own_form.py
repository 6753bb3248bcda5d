"""What a Program reads, sets and calls is read, set and called in the engine's own form."""

from typing import Any

import pytest

from grader.engines.interpreter.forms.own_form import OwnForm
from grader.engines.interpreter.forms.survey import survey
from grader.engines.observation import NUMBER, Answer
from tests.sandbox.manners import MANNERS


def own_form(name: str, by_name: tuple[str, ...] = ()) -> tuple[OwnForm, Any]:
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(MANNERS[name].right, names)
    found = survey(names["Value"], "Value", names)
    assert found is not None
    return OwnForm(names["Value"], found, names, by_name), names["Value"]


NUMBERS = [
    "value, gradient, backprop",
    "the number is read by a method",
    "number and gradient are read by methods",
    "a property that cannot be set",
    "the gradient is a node itself",
    "slots",
    "an array of one",
]


@pytest.mark.parametrize("name", NUMBERS)
def test_what_is_set_is_read_again(name: str) -> None:
    form, kind = own_form(name)
    node = form.make(kind, [1.5], {}, {})

    form.write(node, "data", 7.0)
    form.write(node, "grad", 3.0)

    read = [form.answer(field, form.read(node, field)) for field in ("data", "grad")]
    assert read == [Answer(NUMBER, 7.0), Answer(NUMBER, 3.0)]


def test_what_was_used_is_remembered_as_code() -> None:
    form, kind = own_form("a property that cannot be set")
    node = form.make(kind, [1.5], {}, {})

    form.write(node, "data", 7.0)

    assert form.members == {"set data": "{}._data"}


def test_a_member_that_is_asked_by_name_is_no_other() -> None:
    form, kind = own_form("value, gradient, backprop", by_name=("data",))
    node = form.make(kind, [1.5], {}, {})

    with pytest.raises(AttributeError, match="no attribute 'data'"):
        form.read(node, "data")


def test_a_method_that_is_there_is_left_alone() -> None:
    form, kind = own_form("value, gradient, backprop")

    assert form.method(kind(1.0), "tanh") is None
    assert form.method(kind(1.0), "backward") is not None
    assert form.method(1.0, "backward") is None


def test_what_is_no_node_is_read_as_it_is() -> None:
    form, _ = own_form("value, gradient, backprop")

    assert form.read(1.5, "real") == 1.5
