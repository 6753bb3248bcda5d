"""What is said of the nodes of a graph, its children and its map."""

from typing import Any

import pytest

from grader import children_of, drawing_of, graph_of, label_of, operation_of, order_of
from grader.engines.observation import GRAPH, NODES, ORDER, OTHER, WORD, Answer, Graph, Traversal
from grader.exercises.check_recorder import record
from grader.feedback.wording.explain import Explanation, name_of
from grader.feedback.wording.source import Vocabulary
from grader.reports.report import Counterexample, Shown
from tests.told import answered, told


def children(Value: Any) -> dict[str, Any]:
    a = Value(2.0)
    c = a * Value(3.0)
    d = c + c
    return {"children of c": children_of(c), "children of d": children_of(d)}


@pytest.mark.parametrize(
    ("nodes", "shown"),
    [
        ((), "no nodes"),
        ((0,), "a"),
        ((-1, 0), "another node, a"),
        ((1, 2), "Scalar(3.0), c"),
    ],
)
def test_children_are_called_as_in_the_code(nodes: tuple[int, ...], shown: str) -> None:
    got = answered(children, _4=Answer(NODES, nodes, "{}._prev"))

    explanation = told(children, got, {"Value": "Scalar"})

    assert explanation == Explanation(
        f"children of c is {shown}, expected a, Scalar(3.0)",
        Counterexample(
            "a = Scalar(2.0)\nc = a * Scalar(3.0)\nprint(c._prev)",
            {"reference": "a, Scalar(3.0)"},
            shown,
        ),
    )


def test_children_that_were_not_found_are_said_to_be() -> None:
    got = answered(children, _4=Answer(OTHER, "no children were found"))

    explanation = told(children, got)

    assert explanation.message == "children of c: no children were found"
    assert explanation.counterexample.source.endswith("print(c._children)")


def maps(Value: Any) -> dict[str, Any]:
    a = Value(2.0)
    b = Value(3.0)
    c = a * b
    d = c + a
    return {"map of d": order_of(d)}


RULE = "every node once, children before parents"
ORDERS: list[tuple[Traversal, Shown, str]] = [
    (
        Traversal((0, 2, 1, 3)),
        "a, c, b, d",
        "the map is a, c, b, d: a node stands before its children",
    ),
    (Traversal((0, 1, 2, 0, 3)), "a, b, c, a, d", "a is in the map 2 times, expected once"),
    (Traversal((0, 1, 2)), "a, b, c", "d is missing from the map"),
    (Traversal((0, 1, 3, -1)), "a, b, d, another node", "c is missing from the map"),
    (
        Traversal((-1, 0, 1, 2, 3)),
        "another node, a, b, c, d",
        "the map holds nodes that are not below the root",
    ),
    (Traversal(()), "an empty list", "a is missing from the map"),
    (
        Traversal(None, ((0, 1.0),)),
        "no list of nodes",
        "no list of nodes was found, and the gradients after backward() are wrong",
    ),
]


@pytest.mark.parametrize(("traversal", "shown", "says"), ORDERS)
def test_a_wrong_map_is_told_by_its_first_fault(
    traversal: Traversal, shown: Shown, says: str
) -> None:
    got = answered(maps, _4=Answer(ORDER, traversal, "topo({})"))

    assert told(maps, got) == Explanation(
        f"map of d: {says}",
        Counterexample(
            "a = Value(2.0)\nb = Value(3.0)\nc = a * b\nd = c + a\nprint(topo(d))",
            {"reference": RULE},
            shown,
        ),
    )


def test_a_map_that_was_not_found_is_said_to_be() -> None:
    got = answered(maps, _4=Answer(OTHER, "no function was found"))

    explanation = told(maps, got)

    assert explanation.message == "map of d: no function was found"
    assert explanation.counterexample.source.endswith("print(topological_order(d))")


def test_a_list_of_very_many_nodes_is_cut() -> None:
    got = answered(maps, _4=Answer(ORDER, Traversal((0,) * 1000 + (1,) * 1000)))

    assert told(maps, got).counterexample.got == ", ".join(["a"] * 30) + ", …"


def test_a_node_without_a_name_is_called_by_its_expression() -> None:
    program = record(children)

    assert [name_of(program, index, Vocabulary()) for index in (0, 1, 2, -1)] == [
        "a",
        "Value(3.0)",
        "c",
        "another node",
    ]


def traced(Value: Any, trace: Any) -> dict[str, Any]:
    w = Value(4.0)
    x = Value(-3.0)
    wx = w * x
    return {"trace(wx)": graph_of(trace(wx))}


NODES_OF_WX = (0, 1, 2)
GRAPHS = [
    (Graph(NODES_OF_WX, ((0, 2),)), "the edge (x, wx) is missing"),
    (Graph(NODES_OF_WX, ((2, 0), (2, 1))), "the edge (w, wx) stands the wrong way round"),
    (Graph(NODES_OF_WX, ((0, 1), (0, 2), (1, 2))), "the edge (w, x) does not belong there"),
    (Graph((0, 1), ((0, 2), (1, 2))), "the node wx is missing"),
    (Graph((-1, 0, 1, 2), ((0, 2), (1, 2))), "the node another node does not belong there"),
    (
        Graph(NODES_OF_WX, ((0, 2), (1, 2)), ((0, 2),)),
        "the way back along (w, wx) does not belong there",
    ),
]


@pytest.mark.parametrize(("graph", "says"), GRAPHS)
def test_the_first_fault_of_a_graph_is_said_in_the_names_of_the_code(
    graph: Graph, says: str
) -> None:
    explanation = told(traced, answered(traced, _4=Answer(GRAPH, graph, "{}")))

    assert explanation.message == f"trace(wx): {says}"
    assert explanation.counterexample.source == (
        "w = Value(4.0)\nx = Value(-3.0)\nwx = w * x\nprint(trace(wx))"
    )
    assert explanation.counterexample.expected == {
        "reference": "3 nodes, the edges (w, wx), (x, wx)"
    }


def test_what_is_no_graph_is_said_as_what_it_is() -> None:
    explanation = told(traced, answered(traced, _4=Answer(OTHER, "None, and not a pair", "{}")))

    assert explanation.message == "trace(wx): None, and not a pair"


def drawing(Value: Any, draw_dot: Any) -> dict[str, Any]:
    a = Value(2.0)
    b = a.relu()
    b.backward()
    return {"draw_dot(b)": drawing_of(draw_dot(b, show_backprop=True))}


def test_a_way_back_that_is_not_drawn_is_said_to_be_missing() -> None:
    explanation = told(drawing, answered(drawing, _4=Answer(GRAPH, Graph((0, 1), ((0, 1),)), "{}")))

    assert explanation.message == "draw_dot(b): the way back along (a, b) is missing"
    assert explanation.counterexample.source.endswith("print(draw_dot(b, show_backprop=True))")


def named(Value: Any) -> dict[str, Any]:
    a = Value(2.0, label="a")
    b = a + a
    return {"label of a": label_of(a), "operation of b": operation_of(b)}


def test_a_label_is_shown_as_the_text_it_is() -> None:
    explanation = told(named, answered(named, _2=Answer(WORD, "", "{}.label")))

    assert explanation.message == "label of a is '', expected 'a'"
    assert explanation.counterexample.source == "a = Value(2.0, label='a')\nprint(a.label)"


def test_an_operation_is_read_where_the_submission_keeps_it() -> None:
    explanation = told(named, answered(named, _3=Answer(WORD, "*", "{}.op")))

    assert explanation.message == "operation of b is '*', expected '+'"
    assert explanation.counterexample.source.endswith("b = a + a\nprint(b.op)")
