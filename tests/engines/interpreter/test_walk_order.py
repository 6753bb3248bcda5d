"""The map of a graph is found in whatever shape a student makes it, or else by the gradients."""

from typing import Any

import pytest

from grader.engines.interpreter.execute import Implementation, OutOfTime, execute
from grader.engines.observation import (
    ORDER,
    OTHER,
    UNKNOWN_NODE,
    Answer,
    Fault,
    Observation,
    Traversal,
)
from grader.engines.program import ObservedStep, Program, Ref, Step

VALUE = """
class Value:
    def __init__(self, data, _children=()):
        self.data, self.grad, self._prev, self.rule = data, 0.0, _children, lambda: None

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other))

        def rule():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.rule = rule
        return out
"""
A, B, C, D = range(4)
PROGRAM = Program(
    (
        Step("make", "Value", (2.0,)),
        Step("make", "Value", (3.0,)),
        Step("operate", "mul", (Ref(A), Ref(B))),
        Step("operate", "mul", (Ref(C), Ref(A))),
        Step("ask", "order", (Ref(D),)),
    ),
    (ObservedStep("map of d", 4),),
)
FOUND = (A, B, C, D)

FUNCTION = """
def topological_order(root):
    order, seen = [], set()
    def visit(node):
        if node not in seen:
            seen.add(node)
            for child in node._prev:
                visit(child)
            order.append(node)
    visit(root)
    return order
"""
LOOSE_VISIT = """
def visit(node, order, seen):
    if node not in seen:
        seen.add(node)
        for child in node._prev:
            visit(child, order, seen)
        order.append(node)
"""
FILLED = """
def walk(root):
    nodes = []
    visit(root, nodes, set())
    return nodes
"""
BACKWARD = """
def backward(self):
    self.grad = 1.0
    topo, seen = [], set()
    def build_topo(node):
        if node not in seen:
            seen.add(node)
            for child in node._prev:
                build_topo(child)
            topo.append(node)
    build_topo(self)
    for node in reversed(topo):
        node.rule()
"""
COUNTING = """
def backward(self):
    self.grad = 1.0
    uses, waiting = {}, {self}
    def count(node):
        for child in node._prev:
            uses[child] = uses.get(child, 0) + 1
            if uses[child] == 1:
                count(child)
    count(self)
    while waiting:
        node = waiting.pop()
        node.rule()
        for child in node._prev:
            uses[child] -= 1
            if not uses[child]:
                waiting.add(child)
"""


def submission(*parts: str) -> Observation:
    """What a submission of `parts` does with PROGRAM."""
    namespace: dict[str, Any] = {}
    exec(VALUE + "".join(parts), namespace)
    return execute(PROGRAM, Implementation({"Value": namespace["Value"]}, namespace))


def methods(text: str) -> str:
    """Return functions as methods of Value."""
    return "\n".join("    " + line for line in text.splitlines()) + "\n"


def listed(*order: int, how: str = "", reversible: bool = False) -> Observation:
    return Observation("answered", {4: Answer(ORDER, Traversal(order, (), reversible), how)})


SHAPES: dict[str, tuple[tuple[str, ...], str]] = {
    "a function that takes the root": ((FUNCTION,), "topological_order({})"),
    "a function that returns a tuple": (
        (LOOSE_VISIT, FILLED.replace("return nodes", "return tuple(nodes)")),
        "walk({})",
    ),
    "a method": (
        (methods("def topo(self):\n    return topological_order(self)"), FUNCTION),
        "{}.topo()",
    ),
    "a method with defaults": (
        (methods("def _build(self, reverse=False):\n    return topological_order(self)"), FUNCTION),
        "{}._build()",
    ),
    "a method that takes the root": (
        (methods("def topo(self, root):\n    return topological_order(root)"), FUNCTION),
        "{}.topo({})",
    ),
    "a static method": (
        (methods("@staticmethod\ndef sort(root):\n    return topological_order(root)"), FUNCTION),
        "{}.sort({})",
    ),
    "a global list that a function fills": (
        (LOOSE_VISIT, "order, seen = [], set()\n", "def build(root): visit(root, order, seen)\n"),
        "build({})",
    ),
    "a function that keeps its list": (
        (LOOSE_VISIT, FILLED.replace("return nodes", "return None")),
        "walk({})",
    ),
    "a function that returns a deque": (
        (
            "from collections import deque\n",
            FUNCTION.replace("order, seen = []", "order, seen = deque()"),
        ),
        "topological_order({})",
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_map_is_found_in_every_shape(shape: str) -> None:
    parts, how = SHAPES[shape]

    assert submission(*parts) == listed(*FOUND, how=how)


def test_the_map_is_found_inside_backward() -> None:
    assert submission(methods(BACKWARD)) == listed(*FOUND, reversible=True)


def test_a_map_that_backward_turned_round_is_known_to_be_reversible() -> None:
    turned = BACKWARD.replace("reversed(topo)", "topo").replace(
        "build_topo(self)\n    for", "build_topo(self)\n    topo.reverse()\n    for"
    )

    assert submission(methods(turned)) == listed(D, C, B, A, reversible=True)


def test_a_map_that_backward_makes_from_its_root_down_is_found() -> None:
    leftwards = BACKWARD.replace(
        "topo, seen = []", "topo, seen = __import__('collections').deque()"
    )
    leftwards = leftwards.replace("topo.append(", "topo.appendleft(").replace("reversed", "")

    assert submission(methods(leftwards)) == listed(D, C, B, A, reversible=True)


def test_without_any_list_the_gradients_answer() -> None:
    seen = submission(methods(COUNTING))

    gradients = ((A, 12.0), (B, 4.0), (C, 2.0), (D, 1.0))
    assert seen == Observation("answered", {4: Answer(ORDER, Traversal(None, gradients))})


def test_without_any_function_there_is_no_map() -> None:
    seen = submission(LOOSE_VISIT)

    says = "no function was found that takes the root and lists the nodes"
    assert seen == Observation("answered", {4: Answer(OTHER, says)})


def test_a_function_of_its_own_is_taken_before_what_backward_has() -> None:
    seen = submission(methods(BACKWARD), FUNCTION)

    assert seen == listed(*FOUND, how="topological_order({})")


def test_the_longest_list_is_the_map() -> None:
    parts = BACKWARD.replace(
        "        if node not in seen", "        path = [node]\n        if node not in seen"
    )

    assert submission(methods(parts)) == listed(*FOUND, reversible=True)


def test_a_map_without_the_root_is_shown_as_it_is() -> None:
    seen = submission(FUNCTION.replace("return order", "return order[:-1]"))

    assert seen == listed(A, B, C, how="topological_order({})")


def test_a_map_with_nodes_twice_is_shown_as_it_is() -> None:
    seen = submission(FUNCTION.replace("if node not in seen", "if True"))

    assert seen == listed(A, B, C, A, D, how="topological_order({})")


def test_nodes_that_no_step_gave_are_unknown() -> None:
    extra = FUNCTION.replace("return order", "return [Value(1.0), *order]")

    assert submission(extra) == listed(UNKNOWN_NODE, *FOUND, how="topological_order({})")


@pytest.mark.parametrize(
    "other",
    [
        "def a_graph(root):\n    import graphviz_that_is_not_there\n",
        "def build_map(numbers):\n    return [number + 1 for number in numbers]\n",
        "def build_pairs(root):\n    return {root}, {(root, root)}\n",
        "def visit_all(root, seen):\n    1 / 0\n",
        "def draw_graph(root):\n    return [root]\n",
        "class Graph:\n    pass\n",
        "sorting = [3, 1, 2]\n",
    ],
)
def test_other_functions_with_such_names_are_passed_over(other: str) -> None:
    assert submission(other, FUNCTION) == listed(*FOUND, how="topological_order({})")


def test_where_the_only_function_raises_its_exception_is_the_answer() -> None:
    seen = submission(FUNCTION.replace("visit(root)\n", "visit(None)\n"))

    message = "'NoneType' object has no attribute '_prev'"
    assert seen == Observation("raised", {}, 4, Fault("AttributeError", message))


def test_a_function_that_does_not_end_is_not_passed_over() -> None:
    def endless(root: object) -> None:
        raise OutOfTime

    namespace: dict[str, Any] = {}
    exec(VALUE + FUNCTION, namespace)
    implementation = Implementation({"Value": namespace["Value"]}, {"build": endless, **namespace})

    assert execute(PROGRAM, implementation).ended == "timed out"
