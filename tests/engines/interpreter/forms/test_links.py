"""What a node was made from is found in whatever it keeps it."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from grader.engines.interpreter.forms.links import find_links, linked, nodes_within


class Node:
    def __init__(self, **attributes: Any) -> None:
        self.__dict__.update(attributes)


KEPT: dict[str, Callable[[Node, Node], dict[str, Any]]] = {
    "a tuple": lambda a, b: {"kept": (a, b)},
    "pairs": lambda a, b: {"kept": [(a, 1.0), (b, 2.0)]},
    "a dict by node": lambda a, b: {"kept": {a: 1.0, b: 2.0}},
    "a dict by name": lambda a, b: {"kept": {"left": a, "right": b}},
    "an object": lambda a, b: {"kept": SimpleNamespace(saved=(a, b))},
    "a set": lambda a, b: {"kept": {a, b}},
    "a generator's function": lambda a, b: {"left": a, "right": b},
}


@pytest.mark.parametrize("how", KEPT)
def test_operands_are_found_by_what_they_are(how: str) -> None:
    a, b = Node(), Node()
    result = Node(**KEPT[how](a, b), other=[1, 2], text="ab")

    links = find_links(result, [a, b])

    assert links == (("left", "right") if "left" in vars(result) else ("kept",))
    assert {id(node) for node in linked(result, links)} == {id(a), id(b)}


def test_a_leaf_has_none() -> None:
    assert linked(Node(kept=()), ("kept",)) == []
    assert linked(Node(left=None), ("left", "right")) == []


def test_what_holds_more_than_the_operands_is_no_link() -> None:
    a, b = Node(), Node()

    assert find_links(Node(tape=[a, b, Node()]), [a, b]) == ()


def test_a_text_holds_no_nodes_and_a_circle_has_an_end() -> None:
    circle: list[Any] = []
    circle.append(circle)

    assert nodes_within("abc", Node) == []
    assert nodes_within(circle, Node) == []
