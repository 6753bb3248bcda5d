"""A survey finds all of an engine's form at once, or that it is the usual one."""

from typing import Any

import pytest

from grader.engines.interpreter.forms.survey import SurveyedForm, survey
from tests.sandbox.architectures import ARCHITECTURES
from tests.sandbox.manners import BASE, MANNERS


def surveyed(source: str, name: str = "Value") -> SurveyedForm | None:
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(source, names)
    return survey(names[name], name, names)


def test_the_usual_form_is_known_for_usual() -> None:
    found = surveyed(BASE)

    assert found is not None
    assert found.is_usual


@pytest.mark.parametrize(
    ("source", "name", "how"),
    [
        (
            MANNERS["names nobody has, in class Quantity"].right,
            "Quantity",
            ("Quantity({})", "{}.amount", "{}.influence", "{}.sweep", ("came",)),
        ),
        (
            ARCHITECTURES["a factory, and a pass in another class"].right,
            "Expr",
            ("constant({})", "{}.result", "{}.bar", "Engine.backward({})", ("args",)),
        ),
    ],
)
def test_each_part_is_found(source: str, name: str, how: tuple[Any, ...]) -> None:
    found = surveyed(source, name)

    assert found is not None
    construction, data, grad, backward = found[:4]
    assert (construction.how, data.how, grad.how, backward.how, found.links) == how


def test_a_gradient_of_none_is_noticed() -> None:
    found = surveyed(MANNERS["gradients are None before the first pass"].right)

    assert found is not None
    assert found.none_is_zero


def test_a_class_of_which_no_node_can_be_made_has_no_form() -> None:
    assert surveyed("class Value:\n    def __init__(self): pass\n") is None
