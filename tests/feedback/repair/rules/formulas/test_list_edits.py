"""Lists: what is gathered in them, in which order, each anew, flat, or one of them."""

import pytest

from tests.feedback.repair.rules.formulas.parts import kind_mending

FLAT = "[one for neuron in self.neurons for one in neuron.parameters()]"


@pytest.mark.parametrize(
    ("right", "wrong", "asked", "kind"),
    [
        ("[*self.weights, self.bias]", "[*self.weights]", "Neuron", "not gathered"),
        ("[*self.weights, self.bias]", "self.weights", "Neuron", "not gathered"),
        ("[*self.weights, self.bias]", "[self.bias, *self.weights]", "Neuron", "order of elements"),
        (
            "[Neuron(inputs) for _ in range(outputs)]",
            "[Neuron(inputs)] * outputs",
            "Layer",
            "shared element",
        ),
        ("self.layers + [self.last]", "[self.last] + self.layers", "Chain", "order of elements"),
        (FLAT, "[neuron.parameters() for neuron in self.neurons]", "Layer", "list of lists"),
    ],
)
def test_a_list_holds_what_it_should(right: str, wrong: str, asked: str, kind: str) -> None:
    assert kind_mending(right, wrong, asked) == kind


def test_the_one_that_is_asked_for_takes_the_place_of_a_sum_of_all() -> None:
    wrong = "-sum(share.tanh() for share in shares)"

    assert kind_mending("-shares[right].tanh()", wrong, "loss_of") == "all for one"
