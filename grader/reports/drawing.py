"""Where the boxes and arrows of a graph go, left to right, around its first wrong node.

A layered drawing: nodes stand in columns, each right of its operands (see `columns`). Drawn here
and not by Graphviz, since boxes must take the page's colours, light, dark and on paper.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from grader.reports.axes import XY
from grader.reports.boxes import Box, box_of
from grader.reports.columns import OF_WAY, Placed, columns, heights
from grader.results import Node, WrongNode

WHOLE, MOST = 24, 13  # nodes: so many are all drawn; of more, those nearest to the first wrong one
GAP_X, MARGIN, PORT = 68.0, 14.0, 19.0


class Arrow(NamedTuple):
    """An operand's way into a result.

    Attributes:
        path: an SVG path from box to box.
        tip: where it ends.
        share: what should come back along it, at the first wrong node; empty elsewhere.
        share_at: where to write that.
    """

    path: str
    tip: XY
    share: str
    share_at: XY


class Drawing(NamedTuple):
    """A graph as boxes and arrows, in SVG user units.

    Attributes:
        width: of all.
        height: of all.
        boxes: the nodes.
        arrows: the edges, two for `a + a`.
        left_out: how many nodes of the graph are not drawn.
    """

    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    left_out: int


def draw(wrong: WrongNode) -> Drawing:
    """Return the graph around its first wrong node, as boxes and arrows."""
    shown = around(wrong.nodes, wrong.name)
    chosen = {node.name for node in shown}
    lines = columns({node.name: [one for one in node.operands if one in chosen] for node in shown})
    sized = {node.name: box_of(node, wrong.nodes, chosen) for node in shown}
    placed = heights(lines, {name: box.height for name, box in sized.items()})
    tops = [at - _tall(name, sized) / 2 for name, at in placed.middle.items()]
    middle = {name: at - min(tops) + MARGIN for name, at in placed.middle.items()}
    spans = _spans(placed, sized)
    boxes = {
        name: box._replace(x=spans[placed.column[name]][0], y=middle[name] - box.height / 2)
        for name, box in sized.items()
    }
    arrows = _Arrows(boxes, middle, spans, placed).all(shown, wrong)
    width = max(box.x + box.width for box in boxes.values()) + MARGIN
    height = max([box.y + box.height for box in boxes.values()] + list(middle.values())) + MARGIN
    return Drawing(
        width, height, tuple(boxes.values()), tuple(arrows), len(wrong.nodes) - len(shown)
    )


def around(nodes: Sequence[Node], name: str) -> list[Node]:
    """Return the nodes nearest to the one called `name`, in the order of the Program."""
    if len(nodes) <= WHOLE:
        return list(nodes)
    near: dict[str, set[str]] = {node.name: set(node.operands) for node in nodes}
    for node in nodes:
        for operand in node.operands:
            near.setdefault(operand, set()).add(node.name)
    found = [name]
    for one in found:
        found += sorted(other for other in near.get(one, ()) if other not in found)
        if len(found) >= MOST:
            break
    chosen = set(found[:MOST])
    return [node for node in nodes if node.name in chosen]


def _tall(name: str, sized: Mapping[str, Box]) -> float:
    """Return how much room a name takes in its column: a box, or an edge that passes."""
    return sized[name].height if name in sized else OF_WAY


def _spans(placed: Placed, sized: Mapping[str, Box]) -> list[XY]:
    """Return where each column begins and ends."""
    widths = [0.0] * (1 + max(placed.column.values(), default=0))
    for name, box in sized.items():
        widths[placed.column[name]] = max(widths[placed.column[name]], box.width)
    spans, at = [], MARGIN
    for width in widths:
        spans.append((at, at + width))
        at += width + GAP_X
    return spans


class _Arrows:
    """Draws the arrows between placed boxes; each leaves and enters at a place of its own."""

    def __init__(
        self,
        boxes: Mapping[str, Box],
        middle: Mapping[str, float],
        spans: Sequence[XY],
        placed: Placed,
    ) -> None:
        self._boxes, self._middle, self._spans, self._placed = boxes, middle, spans, placed

    def all(self, shown: Iterable[Node], wrong: WrongNode) -> list[Arrow]:
        edges = [
            (operand, node.name, number)
            for node in shown
            for number, operand in enumerate(node.operands)
            if operand in self._boxes
        ]
        leaves = self._ports(edges, 0)
        enters = self._ports(edges, 1)
        shares = [(share.source, share.share) for share in wrong.shares]
        return [self._arrow(edge, leaves[edge], enters[edge], wrong, shares) for edge in edges]

    def _ports(
        self, edges: list[tuple[str, str, int]], end: int
    ) -> dict[tuple[str, str, int], float]:
        """Return at which height each edge leaves (end 0) or enters (1) a box."""
        found = {}
        for name, box in self._boxes.items():
            own = [edge for edge in edges if edge[end] == name]
            far = {edge: (edge[1], edge[0])[end] for edge in own}
            own.sort(key=lambda edge: (self._middle[far[edge]], edge[2]))
            step = min(PORT, (box.height - 12) / max(len(own), 1))
            for number, edge in enumerate(own):
                found[edge] = self._middle[name] + (number - (len(own) - 1) / 2) * step
        return found

    def _arrow(
        self,
        edge: tuple[str, str, int],
        leaves: float,
        enters: float,
        wrong: WrongNode,
        shares: list[tuple[str, float]],
    ) -> Arrow:
        source, target, _ = edge
        begin, end = self._boxes[source], self._boxes[target]
        spots: list[XY] = [(begin.x + begin.width, leaves)]
        for way in self._placed.ways.get((source, target), ()):
            left, right = self._spans[self._placed.column[way]]
            spots += [(left, self._middle[way]), (right, self._middle[way])]
        spots.append((end.x - 5, enters))
        share = ""
        if source == wrong.name and wrong.field == "grad":
            at = next((n for n, (of, _) in enumerate(shares) if of == target), None)
            share = "" if at is None else f"{shares.pop(at)[1]:.4g}"
        x, y = spots[0]
        return Arrow(_curve(spots), spots[-1], share, (x + 8, y - 5))


def _curve(spots: Sequence[XY]) -> str:
    (x, y), *others = spots
    path = f"M{x:.1f} {y:.1f}"
    for to_x, to_y in others:
        bend = (to_x - x) / 2
        path += f"C{x + bend:.1f} {y:.1f} {to_x - bend:.1f} {to_y:.1f} {to_x:.1f} {to_y:.1f}"
        x, y = to_x, to_y
    return path
