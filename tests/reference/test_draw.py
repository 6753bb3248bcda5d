"""Drawings of a graph: which nodes and uses they show, and the DOT text they are written as."""

import pytest

from reference.draw import Edge, dot, graph
from reference.scalar import Value


def test_a_graph_has_each_node_once_and_each_use_with_its_position() -> None:
    a = Value(1.0)
    b = a + a
    c = b * a

    nodes, edges = graph(c)

    assert nodes == [a, b, c]
    assert edges == [Edge(a, b, 0), Edge(a, b, 1), Edge(b, c, 0), Edge(a, c, 1)]


def test_a_leaf_is_a_graph_without_edges() -> None:
    leaf = Value(1.0)

    assert graph(leaf) == ([leaf], [])


def test_a_graph_deeper_than_the_recursion_limit_is_listed() -> None:
    root = Value(0.0)
    for _ in range(50_000):
        root = -root

    nodes, edges = graph(root)

    assert (len(nodes), len(edges)) == (50_001, 50_000)


def test_dot_shows_label_data_gradient_and_operation_from_left_to_right() -> None:
    a, b = Value(2, label="a"), Value(-3.25)
    c = a * b
    c.label = "c"
    c.backward()

    text = dot(c)

    assert text == (
        "digraph {\n"
        "  rankdir=LR;\n"
        '  n0 [shape=record, label="a | data 2 | grad -3.25"];\n'
        '  n1 [shape=record, label="data -3.25 | grad 2"];\n'
        '  n2 [shape=record, label="c | data -6.5 | grad 1"];\n'
        '  n2_op [label="*"];\n'
        "  n2_op -> n2;\n"
        "  n0 -> n2_op;\n"
        "  n1 -> n2_op;\n"
        "}\n"
    )


def test_dot_draws_two_edges_for_a_node_used_twice() -> None:
    a = Value(1.0)

    lines = dot(a + a).splitlines()

    assert lines.count("  n0 -> n1_op;") == 2


def test_dot_leads_children_straight_to_a_node_that_names_no_operation() -> None:
    root = Value(3.0, (Value(1.0),))

    lines = dot(root).splitlines()

    assert lines[4:] == ["  n0 -> n1;", "}"]


@pytest.mark.parametrize(
    ("label", "written"),
    [
        ('say "a"', r"say \"a\""),
        ("a\\", r"a\\"),
        ("{a|b}", r"\{a\|b\}"),
        ("<port>", r"\<port\>"),
        ("&lt;", "&amp;lt;"),
        ("two\nlines", r"two\nlines"),
        ("größe", "größe"),
    ],
)
def test_dot_escapes_what_would_mean_something_in_a_label(label: str, written: str) -> None:
    text = dot(Value(1.0, (), label, label=label))

    assert f'label="{written} | data 1 | grad 0"' in text
    assert f'n0_op [label="{written}"]' in text


def test_dot_writes_numbers_that_are_not_finite() -> None:
    root = Value(float("inf"))
    root.grad = float("nan")

    assert "data inf | grad nan" in dot(root)
