"""A node of a graph as a box with lines of text: what it is, what it should hold, what it does."""

from math import isclose
from typing import NamedTuple

from grader.reports.report import Held, Node
from grader.reports.text.wrong_node_lines import short

LONGEST = 24  # characters of a line
OF_CHARACTER, OF_LINE, PADDING = 7.3, 18.0, 11.0
REMARKS = {
    "right": "",
    "first wrong": "✗ first wrong node",
    "follows from it": "↳ follows from it",
    "wrong as well": "✗ wrong as well",
}


class Row(NamedTuple):
    """A field of a node: its name, what it should hold, and, where it differs, what it does."""

    field: str
    expected: str
    got: str


class Box(NamedTuple):
    """A node as it is drawn.

    Attributes:
        title: its name, and the expression that makes it.
        rows: its data, and its gradient where one was asked.
        state: of the node, in one word: right, wrong, follows or also.
        remark: the same in words; nothing where it is right.
        before: how many operands are not drawn.
        after: how many results made from it are not drawn.
    """

    title: str
    rows: tuple[Row, ...]
    state: str
    remark: str
    before: int
    after: int
    width: float
    height: float
    x: float = 0.0
    y: float = 0.0


def box_of(node: Node, before: int, after: int) -> Box:
    """Return a node as a box that is not placed yet.

    Args:
        node: a node of a graph.
        before: how many of its operands are not drawn.
        after: how many results made from it are not drawn.
    """
    title = node.name if node.expression == node.name else f"{node.name} = {node.expression}"
    title = clipped(title)
    fields = [("data", node.data), ("grad", node.grad)]
    rows = tuple(row(field, held) for field, held in fields if held is not None)
    remark = REMARKS[node.state]
    longest = max(
        len(title) + 2, len(remark), *(8 + len(one.expected) + len(one.got) for one in rows)
    )
    return Box(
        title,
        rows,
        {"first wrong": "wrong", "follows from it": "follows", "wrong as well": "also"}.get(
            node.state, "right"
        ),
        remark,
        before,
        after,
        width=longest * OF_CHARACTER + 2 * PADDING,
        height=(1 + len(rows) + bool(remark)) * OF_LINE + 2 * PADDING - 4,
    )


def row(field: str, held: Held) -> Row:
    """Return a field as a row; what is got is left out where it is what is expected."""
    expected, got = short(held.expected), short(held.got)
    if _agree(held):
        return Row(field, clipped(expected), "")
    if expected == got:  # they differ further behind
        expected, got = str(held.expected), str(held.got)
    return Row(field, clipped(expected), clipped(got))


def clipped(text: str) -> str:
    """Return a text, cut to what a box holds."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _agree(held: Held) -> bool:
    if isinstance(held.expected, str) or isinstance(held.got, str):
        return held.expected == held.got
    return isclose(held.expected, held.got, rel_tol=1e-6, abs_tol=1e-9)
