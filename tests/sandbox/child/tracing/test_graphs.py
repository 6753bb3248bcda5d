"""Where the objects of a class keep what they hold, whatever they call it."""

from typing import Any

import pytest

from grader.engines.observation import NUMBER, Answer
from grader.sandbox.child.tracing.graphs import (
    NodeForm,
    answer_at,
    below,
    children_of,
    form_of,
    word,
)


class Node:
    """A node with the attributes that a test gives it."""

    def __init__(self, **attributes: Any) -> None:
        self.__dict__.update(attributes)


FORMS: dict[str, tuple[dict[str, Any], NodeForm]] = {
    "micrograd's": ({"data": 1.0, "grad": 0.0, "_prev": ()}, NodeForm("data", "grad", "_prev")),
    "other names": (
        {"value": 1.0, "derivative": 0.0, "_children": []},
        NodeForm("value", "derivative", "_children"),
    ),
    "a number of any name": (
        {"amount": 1.0, "grad": 0.0, "links": (Node(),)},
        NodeForm("amount", "grad", "links"),
    ),
    "two numbers, none of which is named": (
        {"one": 1.0, "two": 2.0, "grad": 0.0},
        NodeForm("", "grad", ""),
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_names_are_found_by_habit_or_by_what_stands_there(form: str) -> None:
    attributes, names = FORMS[form]

    assert form_of(Node(**attributes)) == names


def test_a_gradient_that_is_a_node_is_read_as_the_number_in_it() -> None:
    node = Node(data=1.0, grad=Node(data=3.0))

    assert answer_at(node, "grad", form_of(node)) == Answer(NUMBER, 3.0)


def test_children_may_stand_in_two_attributes() -> None:
    left, right = Node(data=1.0), Node(data=2.0)
    node = Node(data=3.0, left=left, right=right)

    link = form_of(node).link

    assert children_of(node, link, Node) == [left, right]
    assert children_of(left, link, Node) == []


def test_a_leaf_that_is_used_twice_is_met_once() -> None:
    leaf, other = Node(children=()), Node(children=())
    product = Node(children=(leaf, leaf), _op="*")
    root = Node(children=[(product, 1.0), (other, 2.0)], _op="+")

    graph = below(root, "children")

    assert {id(one) for one in graph.leaves} == {id(leaf), id(other)}
    assert len(graph.leaves) == 2
    assert graph.uses == {id(root): 0, id(product): 1, id(other): 1, id(leaf): 2}
    assert graph.operations == {"*", "+"}


def test_a_circle_comes_to_an_end() -> None:
    node = Node()
    vars(node)["children"] = (node,)

    assert below(node, "children").uses == {id(node): 1}


def test_a_word_is_a_text_and_nothing_that_calls_itself_one() -> None:
    class Text(str):
        """A text of the student's own."""

    assert word(Node(label=Text("a"), name="b"), ("label", "name")) == "b"
    assert word(Node(label=7), ("label", "name")) == ""
