"""Single quantities: one for another, at one place or at all, and two that changed places."""

import pytest

from tests.feedback.repair.rules.formulas.parts import kind_mending

STEP = "parameter.data -= self.lr * self.velocities[at]"


@pytest.mark.parametrize(
    ("right", "wrong", "asked"),
    [
        (STEP, "parameter.data -= self.lr * parameter.grad", "SGD"),
        ("self.lr * mean / (math", "self.lr * p.grad / (math", "Adam"),
        ("(1 - b2) * p.grad**2", "(1 - b1) * p.grad**2", "Adam"),
        ("self.m[id(p)] / (1", "p.grad / (1", "Adam"),
        ("total = self.bias", "total = Value(0.0)", "Neuron"),
        ("most / length", "most / 2.0", "clip_norm"),
    ],
)
def test_another_quantity_belongs_there(right: str, wrong: str, asked: str) -> None:
    assert kind_mending(right, wrong, asked) == "quantity"


def test_an_index_that_is_always_the_same_is_mended_at_all_places_at_once() -> None:
    right = (
        "self.velocities[at] = self.momentum * self.velocities[at] + parameter.grad\n"
        f"            {STEP}"
    )

    assert kind_mending(right, right.replace("[at]", "[0]"), "SGD") == "quantity"


def test_two_that_stand_in_each_other_s_place_change_places_everywhere() -> None:
    right = "factor ** (made // every)"

    assert kind_mending(right, "made ** (factor // every)", "rate") == "operands swapped"
