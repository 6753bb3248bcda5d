"""What sends gradients back is found by trying, and confirmed where they arrive."""

from typing import Any

import pytest

from grader.engines.interpreter.forms.access import Access
from grader.engines.interpreter.forms.constructions import find_construction
from grader.engines.interpreter.forms.passes import ConfirmedPass, PassFinder

NODE = """
class Node:
    def __init__(self, data, links=()):
        self.data, self.grad, self.links = data, 0.0, links
    def __mul__(self, o):
        return Node(self.data * o.data, [(self, o.data), (o, self.data)])
    def __add__(self, o):
        return Node(self.data + o.data, [(self, 1.0), (o, 1.0)])
"""
WALK = """
def walk(node, upstream):
    node.grad += upstream
    for child, slope in node.links:
        walk(child, slope * upstream)
"""
METHOD = "    def {}(self{}): walk(self, {})\n"
WAYS = {
    "the usual": (METHOD.format("backward", "", "1.0"), "{}.backward"),
    "another name": (METHOD.format("backprop", "", "1.0"), "{}.backprop"),
    "a name nobody has": (METHOD.format("sweep", "", "1.0"), "{}.sweep"),
    "a seed": (METHOD.format("backward", ", seed", "seed"), "{}.backward(1.0)"),
    "a node as seed": (METHOD.format("backward", ", s", "s.data"), "{}.backward(Node(1.0))"),
    "a function": ("def backpropagate(root): walk(root, 1.0)\n", "backpropagate({})"),
    "a function with a seed": ("def grad_of(r, s): walk(r, s)\n", "grad_of({}, 1.0)"),
    "a static method": (
        "    @staticmethod\n    def backprop(root): walk(root, 1.0)\n",
        "Node.backprop({})",
    ),
    "another class": (
        "class Engine:\n    @classmethod\n    def backward(cls, root): walk(root, 1.0)\n",
        "Engine.backward({})",
    ),
    "an object": (
        "class Engine:\n    def backward(self, root): walk(root, 1.0)\nengine = Engine()\n",
        "engine.backward({})",
    ),
}


def found_in(source: str) -> ConfirmedPass | None:
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(source, names)
    made = find_construction(names["Node"], "Node", names)
    assert made is not None
    return PassFinder(*made, names).find(names["Node"])


@pytest.mark.parametrize("way", WAYS)
def test_a_pass_is_found_and_so_is_the_gradient(way: str) -> None:
    code, how = WAYS[way]

    found = found_in(NODE + code + WALK)

    assert found is not None
    assert found.backward.how == how
    assert found.grad == Access("grad")


def test_a_gradient_of_any_name_is_what_changes() -> None:
    source = (NODE + METHOD.format("sweep", "", "1.0") + WALK).replace("grad", "influence")

    found = found_in(source)

    assert found is not None
    assert found.grad == Access("influence")


def test_the_rule_of_one_operation_is_no_pass() -> None:
    rule = "    def backward(self):\n        for c, s in self.links: c.grad += s * self.grad\n"

    alone = found_in(NODE + rule + WALK.replace("def walk", "def _walk_nowhere"))
    beside = found_in(NODE + rule + METHOD.format("backprop", "", "1.0") + WALK)

    assert alone is None
    assert beside is not None
    assert beside.backward.how == "{}.backprop"


def test_a_backward_that_is_wrong_is_not_replaced_by_what_is_right() -> None:
    wrong = "    def backward(self): self.grad = 1.0\n"

    assert found_in(NODE + wrong + METHOD.format("backprop", "", "1.0") + WALK) is None


def test_what_may_draw_or_train_is_not_tried() -> None:
    ways = "".join(
        f"    def {name}(self): raise SystemExit(print('tried'))\n"
        for name in ("draw", "train", "save_all", "plot_graph", "step")
    )

    assert found_in(NODE + ways) is None


def test_what_is_tried_may_raise_whatever_it_likes() -> None:
    ways = "    def push(self): raise SystemExit\n    def press(self): raise KeyboardInterrupt\n"

    found = found_in(NODE + ways + METHOD.format("sweep", "", "1.0") + WALK)

    assert found is not None
    assert found.backward.how == "{}.sweep"
