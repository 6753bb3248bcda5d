"""The state that questions are answered from: kin, names of methods, and children."""

from typing import Any

from grader.engines.interpreter.engine_state import EngineState


class Node:
    def __init__(self, children: tuple[Any, ...] = ()) -> None:
        self.children = children


class Sum(Node):
    """An operation that is a class of its own."""


def state(**namespace: Any) -> EngineState:
    return EngineState({"Value": Node}, namespace, lambda: 0)


def test_children_may_be_of_any_class_of_nodes() -> None:
    a, b = Node(), Sum()

    assert state().own_children(Sum((a, b))) == ("{}.children", [a, b])


def test_a_function_of_the_module_stands_in_for_a_method_and_is_told() -> None:
    def backward(root: Node) -> str:
        return "walked"

    asked = state(backward=backward)

    assert asked.method(Node(), "backward")() == "walked"
    assert asked.members == {"backward": "backward({})"}


def test_without_another_form_a_name_is_its_own() -> None:
    assert state().own_name(Node(), "relu") == "relu"
