"""Questions about an engine's objects are answered in whatever shape a student keeps them."""

from collections import deque
from collections.abc import Callable
from typing import Any

import pytest

from grader.engines.interpreter.engine_state import EngineState
from grader.engines.interpreter.object_queries import ask
from grader.engines.observation import (
    NODES,
    OTHER,
    TEXT,
    TRUTH,
    UNKNOWN_NODE,
    WORD,
    Answer,
    PrintedText,
)


class Node:
    """What a student's objects look like: some attributes, nothing else."""

    def __init__(self, **kept: object) -> None:
        self.data = 1.0
        self.label = ""
        self.__dict__.update(kept)


def asked(question: str, *operands: Any, known: tuple[object, ...] = ()) -> Answer:
    """Ask about `operands` in a world in which steps gave `known`, from 0."""
    world = EngineState({"Value": Node}, {}, lambda: 0)
    for index, node in enumerate(known):
        world.keep(index, node)
    return ask(world, question, operands)


CHILDREN: dict[str, Callable[[Node, Node], dict[str, object]]] = {
    "_children": lambda a, b: {"_children": (a, b)},
    "_prev": lambda a, b: {"_prev": {a, b}},
    "prev": lambda a, b: {"prev": [b, a]},
    "children": lambda a, b: {"children": frozenset((a, b))},
    "parents": lambda a, b: {"parents": deque((a, b))},
    "_parents": lambda a, b: {"_parents": {a: "left", b: "right"}},
    "inputs": lambda a, b: {"inputs": iter((a, b))},
    "operands": lambda a, b: {"operands": (a, b)},
    "whence": lambda a, b: {"history": [], "whence": {a, b}},
}


@pytest.mark.parametrize("name", CHILDREN)
def test_children_are_found_in_any_collection_under_any_name(name: str) -> None:
    a, b = Node(), Node()
    c = Node(**CHILDREN[name](a, b))

    answer = asked("children", c, known=(a, b, c))

    assert answer == Answer(NODES, (0, 1), "{}." + name)


LEAVES: dict[str, dict[str, object]] = {
    "an empty tuple": {"_children": ()},
    "an empty set": {"_prev": set()},
    "an empty list": {"children": []},
    "None": {"prev": None},
    "an empty collection under another name": {"label": "a", "operands": ()},
}


@pytest.mark.parametrize("kept", LEAVES)
def test_a_leaf_has_no_children_however_it_says_so(kept: str) -> None:
    a = Node(**LEAVES[kept])

    answer = asked("children", a, known=(a,))

    assert answer == Answer(NODES, (), "{}." + list(LEAVES[kept])[-1])


def test_a_single_child_needs_no_collection() -> None:
    a = Node()
    b = Node(prev=a)

    assert asked("children", b, known=(a, b)) == Answer(NODES, (0,), "{}.prev")


def test_a_child_that_stands_twice_is_named_once() -> None:
    a = Node()
    b = Node(_children=(a, a))

    assert asked("children", b, known=(a, b)) == Answer(NODES, (0,), "{}._children")


def test_a_child_that_no_step_gave_is_an_unknown_node() -> None:
    a = Node()
    b = Node(_children=(a, Node()))

    assert asked("children", b, known=(a, b)) == Answer(NODES, (UNKNOWN_NODE, 0), "{}._children")


def test_an_object_given_by_two_steps_is_named_by_the_first() -> None:
    a = Node()
    b = Node(_children=(a,))

    assert asked("children", b, known=(a, b, a)) == Answer(NODES, (0,), "{}._children")


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"_backward": lambda: None, "_op": "+"},
        {"_children": (1.0, 2.0)},
        {"_children": "ab"},
        {"shape": (2, 3)},
    ],
)
def test_what_holds_no_nodes_is_not_taken_for_children(kept: dict[str, object]) -> None:
    answer = asked("children", Node(**kept))

    assert answer == Answer(
        OTHER, "no children were found; looked for _children, _prev, prev and children"
    )


def test_children_may_be_in_slots() -> None:
    class Slotted:
        __slots__ = ("_prev",)

        def __init__(self, *nodes: "Slotted") -> None:
            self._prev = set(nodes)

    a = Slotted()
    b = Slotted(a)

    assert asked("children", b, known=(a, b)) == Answer(NODES, (0,), "{}._prev")
    assert asked("children", a, known=(a, b)) == Answer(NODES, (), "{}._prev")


def test_children_that_never_end_are_cut() -> None:
    class Endless:
        def __iter__(self) -> Any:
            while True:
                yield a

    a = Node()
    b = Node(_children=Endless())

    assert asked("children", b, known=(a, b)) == Answer(NODES, (0,), "{}._children")


def test_a_subclass_s_object_is_one_of_the_class() -> None:
    class Better(Node):
        pass

    assert asked("is_a", Better(), "Value") == Answer(TRUTH, True)
    assert asked("is_a", 1.0, "Value") == Answer(TRUTH, False)


def test_equal_objects_are_not_one_object() -> None:
    one, other = [1.0], [1.0]

    assert asked("same", one, one) == Answer(TRUTH, True)
    assert asked("same", one, other) == Answer(TRUTH, False)


class Shown:
    def __init__(self, text: str, printed: list[int]) -> None:
        self.text = text
        self.printed = printed

    def __repr__(self) -> str:
        self.printed[0] += len(self.text)
        return self.text


def test_a_text_is_what_repr_returns_on_one_line() -> None:
    node = Shown("Value(\n  data=1.0)", [0])

    assert asked("text", node) == Answer(TEXT, PrintedText("Value(   data=1.0)", False))


def test_a_text_says_whether_repr_printed() -> None:
    printed = [3]
    node = Shown("Value(data=1.0)", printed)
    world = EngineState({}, {}, lambda: printed[0])

    assert ask(world, "text", (node,)) == Answer(TEXT, PrintedText("Value(data=1.0)", True))


def test_a_long_text_is_cut() -> None:
    node = Shown("v" * 10**6, [0])

    assert asked("text", node) == Answer(TEXT, PrintedText("v" * 2000 + "…", False))


@pytest.mark.parametrize("name", ["label", "_label", "name"])
def test_a_label_is_found_under_several_names(name: str) -> None:
    class Named:
        def __init__(self) -> None:
            setattr(self, name, "wx")

    assert asked("label", Named()) == Answer(WORD, "wx", "{}." + name)


@pytest.mark.parametrize("name", ["_op", "op", "operation"])
def test_an_operation_is_found_under_several_names(name: str) -> None:
    assert asked("operation", Node(**{name: "ReLU"})) == Answer(WORD, "ReLU", "{}." + name)


def test_a_leaf_may_say_that_its_operation_is_none() -> None:
    assert asked("operation", Node(op=None)) == Answer(WORD, "", "{}.op")


def test_an_operation_that_is_kept_nowhere_is_said_to_be_missing() -> None:
    says = "no operation was found; looked for _op, op, operation"

    assert asked("operation", Node()) == Answer(OTHER, says)


def test_an_operation_that_is_no_text_is_said_as_what_it_is() -> None:
    assert asked("operation", Node(_op=[1])) == Answer(OTHER, "a list of 1", "{}._op")


@pytest.mark.parametrize("flag", [True, False])
def test_a_node_s_flag_says_whether_its_gradient_was_set(flag: bool) -> None:
    answer = asked("updated", Node(grad_updated=flag, grad=3.0))

    assert answer == Answer(TRUTH, flag, "{}.grad_updated")


@pytest.mark.parametrize(("grad", "updated"), [(0.0, False), (-2, True), (None, False)])
def test_without_a_flag_a_gradient_that_is_not_0_was_set(grad: object, updated: bool) -> None:
    assert asked("updated", Node(grad=grad)) == Answer(TRUTH, updated, "{}.grad != 0")
