"""Draws the graph of an expression as DOT text, which Graphviz and most notebooks can show."""

from typing import NamedTuple

from .scalar import Value


class Edge(NamedTuple):
    """One use of a node.

    Attributes:
        child: the operand.
        parent: the result it went into.
        position: which operand of the parent it is, from 0; `a + a` has two edges.
    """

    child: Value
    parent: Value
    position: int


def graph(root: Value) -> tuple[list[Value], list[Edge]]:
    """Return every node of `root`'s graph once, children first, and every use of one by another."""
    nodes = root.topological_order()
    edges = [
        Edge(child, parent, position)
        for parent in nodes
        for position, child in enumerate(parent._children)
    ]
    return nodes, edges


def dot(root: Value) -> str:
    """Return the graph of `root` as DOT text, operands on the left, results on the right.

    Each node is a box with label, data and gradient. The operation that made it is an oval before
    it, which the edges of the operands enter in their order.
    """
    nodes, edges = graph(root)
    names = {node: f"n{index}" for index, node in enumerate(nodes)}
    lines = [line for node in nodes for line in _node_lines(node, names[node])]
    lines += [f"{names[edge.child]} -> {_entrance(edge.parent, names)};" for edge in edges]
    return "\n".join(["digraph {", *(f"  {line}" for line in ["rankdir=LR;", *lines]), "}", ""])


def _node_lines(node: Value, name: str) -> list[str]:
    fields = [_escaped(node.label), f"data {node.data:.6g}", f"grad {node.grad:.6g}"]
    box = f'{name} [shape=record, label="{" | ".join(field for field in fields if field)}"];'
    if not node._op:
        return [box]
    return [box, f'{name}_op [label="{_escaped(node._op)}"];', f"{name}_op -> {name};"]


def _entrance(parent: Value, names: dict[Value, str]) -> str:
    return f"{names[parent]}_op" if parent._op else names[parent]


_ESCAPES = str.maketrans(
    {character: f"\\{character}" for character in '\\"{}|<>'} | {"&": "&amp;", "\n": "\\n"}
)


def _escaped(text: str) -> str:
    """Escape what means something in a record's label; harmless in any other label."""
    return text.translate(_ESCAPES)
