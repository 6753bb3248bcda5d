"""What is made of nodes: functions on them, and a graph that is not cut off."""

import pytest

from tests.feedback.repair.rules.formulas.parts import kind_mending

LOSS = "-shares[right].tanh()"


@pytest.mark.parametrize(
    ("right", "wrong", "asked", "kind"),
    [
        ("return total.tanh()", "return total", "Neuron", "function missing"),
        ("return self.act(x)", "return x", "Chain", "function missing"),
        (LOSS, "-shares[right]", "loss_of", "function missing"),
        ("return total.tanh()", "return total.tanh().tanh()", "Neuron", "call too much"),
        (f"return {LOSS}", "return Value(-math.tanh(shares[right].data))", "loss_of", "detached"),
    ],
)
def test_a_function_is_applied_to_nodes_once(right: str, wrong: str, asked: str, kind: str) -> None:
    assert kind_mending(right, wrong, asked) == kind
