"""What a submission's `trace` lists and its `draw_dot` draws is read as a graph of steps."""

from collections.abc import Callable
from typing import Any

import pytest

from grader.engines.interpreter.drawn_graphs import drawn_graph
from grader.engines.interpreter.engine_state import EngineState
from grader.engines.observation import GRAPH, OTHER, UNKNOWN_NODE, Answer, GraphAnswer
from grader.sandbox.child.stand_ins.plotting_stubs import DotStub


class Node:
    """What a student's objects look like here: nothing but themselves."""


A, B, C = Node(), Node(), Node()


def asked(question: str, held: object) -> Answer:
    """Ask about what a function returned, in a world in which steps 0, 1 and 2 gave A, B and C."""
    world = EngineState({}, {}, lambda: 0)
    for index, node in enumerate((A, B, C)):
        world.keep(index, node)
    return drawn_graph(world, question, held)


LISTED: dict[str, Callable[[], Any]] = {
    "two sets": lambda: ({A, B, C}, {(A, C), (B, C)}),
    "two lists in a list": lambda: [[C, B, A], [(B, C), (A, C), (A, C)]],
    "frozen sets, edges as lists": lambda: (frozenset((A, B, C)), [[A, C], [B, C]]),
    "the keys of a dict": lambda: ({A: 1, B: 2, C: 3}, ((A, C), (B, C))),
}


@pytest.mark.parametrize("shape", LISTED)
def test_nodes_and_edges_are_read_from_any_pair_of_collections(shape: str) -> None:
    answer = asked("graph", LISTED[shape]())

    assert answer == Answer(GRAPH, GraphAnswer((0, 1, 2), ((0, 2), (1, 2))), "{}")


def test_a_node_that_no_step_gave_is_unknown() -> None:
    answer = asked("graph", ({A, Node()}, {(Node(), A)}))

    assert answer.value == GraphAnswer((UNKNOWN_NODE, 0), ((UNKNOWN_NODE, 0),))


@pytest.mark.parametrize(
    ("held", "says"),
    [
        (None, "None, and not a pair of nodes and edges"),
        ({A, B}, "a set of 2, and not a pair of nodes and edges"),
        (({A}, {A}, {A}), "a tuple of 3, and not a pair of nodes and edges"),
        (({A}, 3), "a pair that does not hold two collections"),
        (({A}, {A}), "edges that are not pairs of two nodes"),
        (({A}, [(A, B, C)]), "edges that are not pairs of two nodes"),
    ],
)
def test_what_is_no_pair_of_nodes_and_edges_is_said(held: object, says: str) -> None:
    assert asked("graph", held) == Answer(OTHER, says, "{}")


class Drawing:
    """What the package graphviz keeps: lines of DOT text."""

    def __init__(self, *body: object) -> None:
        self.body = list(body)


def there(child: Node, parent: Node, op: str) -> str:
    return f'\t{id(child)} -> "{id(parent)}{op}"\n'


def test_edges_by_way_of_an_operation_lead_to_its_result() -> None:
    oval = f'\t"{id(C)}+" [label="+"]\n', f'\t"{id(C)}+" -> {id(C)}\n'
    boxes = (f'\t{id(node)} [label="{{a|2.0}}" shape=record]\n' for node in (A, B, C))

    answer = asked("drawing", Drawing(*boxes, *oval, there(A, C, "+"), there(B, C, "+")))

    assert answer == Answer(GRAPH, GraphAnswer((0, 1, 2), ((0, 2), (1, 2))), "{}")


@pytest.mark.parametrize("attributes", ["dir=back", 'color=red dir="back" style=dashed'])
def test_edges_whose_arrow_is_turned_round_are_the_way_back(attributes: str) -> None:
    answer = asked("drawing", Drawing(there(A, C, "+"), f"\t{id(A)} -> {id(C)} [{attributes}]\n"))

    assert answer.value == GraphAnswer((), ((0, 2),), ((0, 2),))


def test_what_is_no_node_of_the_graph_is_passed_over_in_a_drawing() -> None:
    body = ("\trankdir=LR\n", "\tnode [shape=box]\n", '\tlegend [label="1 -> 2"]\n', "\t}\n")

    assert asked("drawing", Drawing(*body, f"\t{id(B)}\n")).value == GraphAnswer((1,), ())


def test_an_edge_of_nodes_that_no_step_gave_does_not_vanish() -> None:
    answer = asked("drawing", Drawing(f"\tone -> {id(C)}\n"))

    assert answer.value == GraphAnswer((), ((UNKNOWN_NODE, 2),))


@pytest.mark.parametrize(
    ("held", "says"),
    [
        (None, "NoneType, and no drawing with nodes and edges"),
        (Drawing(1), "Drawing, and no drawing with nodes and edges"),
    ],
)
def test_what_is_no_drawing_is_said(held: object, says: str) -> None:
    assert asked("drawing", held) == Answer(OTHER, says, "{}")


def test_a_stand_in_of_graphviz_is_read_like_the_package() -> None:
    dot = DotStub("graph", format="svg")
    for node in (A, C):
        dot.node(str(id(node)), label='say "a -> b"', shape="record")
    dot.edge(str(id(A)), f"{id(C)}*", "label")
    dot.edges([(f"{id(C)}*", str(id(C)))])
    dot.edge(str(id(A)), str(id(C)), _attributes={"dir": "back"})

    assert asked("drawing", dot).value == GraphAnswer((0, 2), ((0, 2),), ((0, 2),))
