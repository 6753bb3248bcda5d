"""The conventions of an engine are read off its source."""

from grader.feedback.repair.conventions import Conventions, conventions
from grader.feedback.repair.outline import outline
from tests.feedback.repair.engine import ENGINE

PULLED = """\
import numpy as np

class Node:
    def __init__(self, value, parents=(), pull=lambda g: None):
        self.v = value
        self.gradient = 0
        self.parents = parents
        self.pull = pull

    def __add__(self, other):
        return Node(self.v + other.v, (self, other), lambda g: (g, g))
"""
PAIRS = """\
class V:
    def __init__(self, x, inputs=()):
        self.x = x
        self.d = 0.0
        self.inputs = inputs

    def __mul__(self, o):
        return V(self.x * o.x, ((self, o.x), (o, self.x)))
"""


def of(source: str, name: str | None = None) -> Conventions:
    found = conventions(outline((source,)), name)
    assert found is not None
    return found


def test_the_usual_names_are_found() -> None:
    found = of(ENGINE)

    assert (found.name, found.data, found.grad) == ("Value", "data", "grad")
    assert (found.children, found.children_argument) == ("_prev", "_children")
    assert (found.rule, found.operation_argument, found.functions) == ("_backward", "_op", "math")


def test_a_function_that_the_constructor_takes_is_the_rule() -> None:
    found = of(PULLED)

    assert (found.data, found.grad, found.rule) == ("v", "gradient", "pull")
    assert (found.children, found.functions, found.pairs) == ("parents", "np", False)


def test_pairs_of_operands_and_slopes_are_known_as_such() -> None:
    found = of(PAIRS)

    assert (found.data, found.grad, found.children) == ("x", "d", "inputs")
    assert (found.rule, found.pairs) == ("", True)


def test_the_class_that_is_named_is_taken_and_otherwise_one_with_arithmetic() -> None:
    both = PULLED + "\n\n" + PAIRS

    assert of(both).name == "V"
    assert of(both, "Node").name == "Node"
    assert conventions(outline(("class A:\n    x = 1\n",))) is None


def test_a_property_is_the_name_of_what_it_stands_before() -> None:
    source = ENGINE.replace("        self.grad = 0.0\n", "        self._grad = 0.0\n")
    known = "    @property\n    def grad(self):\n        return self._grad\n\n    def __add__"

    assert of(source).grad == "_grad"
    assert of(source.replace("    def __add__", known)).grad == "grad"


def test_functions_that_list_nodes_are_known() -> None:
    assert of(ENGINE).lists == ("topological_order",)
