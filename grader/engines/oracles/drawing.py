"""Lists and draws graphs for the oracles, where a check takes `trace` or `draw_dot`."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

Node: TypeAlias = Any
Edge: TypeAlias = tuple[Node, Node]


class DotText(NamedTuple):
    """A graph in lines of DOT text, as the package graphviz keeps them."""

    body: list[str]


def trace(root: Node) -> tuple[set[Node], set[Edge]]:
    """Return every node below `root` and itself, and each (operand, result) among them."""
    nodes, edges, waiting = {root}, set(), [root]
    while waiting:
        parent = waiting.pop()
        for child in parent._children:
            edges.add((child, parent))
            if child not in nodes:
                nodes.add(child)
                waiting.append(child)
    return nodes, edges


def draw_dot(root: Node, show_backprop: bool = True) -> DotText:
    """Draw every node and edge, and besides the way back out of each node that has a gradient."""
    nodes, edges = trace(root)
    body = [f"{id(node)}" for node in nodes]
    body += [f"{id(child)} -> {id(parent)}" for child, parent in edges]
    if show_backprop:
        back = [(child, parent) for child, parent in edges if parent.grad != 0]
        body += [f"{id(child)} -> {id(parent)} [dir=back]" for child, parent in back]
    return DotText(body)


FUNCTIONS: Mapping[str, Callable[..., object]] = {"trace": trace, "draw_dot": draw_dot}
