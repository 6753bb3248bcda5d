"""A function of one node is found under a near name, wherever a submission keeps it."""

from typing import Any

import pytest

from grader.engines.interpreter.forms.functions import find_function

NODE = "class Node:\n    def __init__(self, x): self.x = x\n"
PLACES = {
    "a method in capitals": ("    def ReLU(self): return Node(7)\n", "{}.ReLU"),
    "a method with an underscore": ("    def relu_(self): return Node(7)\n", "{}.relu_"),
    "a static method": ("    @staticmethod\n    def relu(n): return Node(7)\n", "Node.relu({})"),
    "a function": ("def Relu(n): return Node(7)\n", "Relu({})"),
    "a class of functions": (
        "class F:\n    @staticmethod\n    def relu(n): return Node(7)\n",
        "F.relu({})",
    ),
    "functions that are no static methods": (
        "class F:\n    def relu(n): return Node(7)\n",
        "F.relu({})",
    ),
    "a class that is applied": (
        "class ReLU:\n    @staticmethod\n    def apply(n): return Node(7)\n",
        "ReLU.apply({})",
    ),
    "a class that is called": (
        "class ReLU:\n    def __call__(self, n): return Node(7)\n",
        "ReLU()({})",
    ),
    "a class with forward": (
        "class ReLU:\n    def forward(self, n): return Node(7)\n",
        "ReLU().forward({})",
    ),
    "a node of its own": ("class ReLU(Node):\n    def __init__(self, n): self.x = 7\n", "ReLU({})"),
}


def defined(source: str) -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(source, names)
    return names


@pytest.mark.parametrize("place", PLACES)
def test_a_function_is_found_where_it_is_kept(place: str) -> None:
    source, how = PLACES[place]
    names = defined(NODE + source)

    found = find_function(names["Node"](-1.0), "relu", names)

    assert found is not None
    assert found.how == how
    assert found.call().x == 7


@pytest.mark.parametrize("source", ["", "relu = 3\n", "def leaky_relu(n): pass\n"])
def test_what_is_called_otherwise_is_none(source: str) -> None:
    names = defined(NODE + source)

    assert find_function(names["Node"](-1.0), "relu", names) is None
