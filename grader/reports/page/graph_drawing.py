"""Places the boxes and arrows of a graph, left to right, around its first wrong node.

A layered drawing: nodes stand in columns, each right of its operands (see `columns`). Drawn here
and not by Graphviz, since boxes must take the page's colours, light, dark and on paper.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from grader.reports.page.axes import XY
from grader.reports.page.boxes import Box, box_of
from grader.reports.page.columns import OF_WAY, PlacedNodes, columns, heights
from grader.reports.report import Node, WrongNode

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


class GraphDrawing(NamedTuple):
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


def draw(wrong: WrongNode) -> GraphDrawing:
    """Return the graph around its first wrong node, as boxes and arrows."""
    graph = _keyed(wrong)
    shown = around(graph, wrong)
    chosen = {node.key for node in shown}
    lines = columns({node.key: [one for one in node.operands if one in chosen] for node in shown})
    sized = {node.key: _box(node, graph, chosen) for node in shown}
    placed = heights(lines, {key: box.height for key, box in sized.items()})
    tops = [at - _tall(key, sized) / 2 for key, at in placed.middle.items()]
    middle = {key: at - min(tops) + MARGIN for key, at in placed.middle.items()}
    spans = _spans(placed, sized)
    boxes = {
        key: box._replace(x=spans[placed.column[key]][0], y=middle[key] - box.height / 2)
        for key, box in sized.items()
    }
    arrows = _Arrows(boxes, middle, spans, placed).all(shown, wrong)
    width = max(box.x + box.width for box in boxes.values()) + MARGIN
    height = max([box.y + box.height for box in boxes.values()] + list(middle.values())) + MARGIN
    return GraphDrawing(
        width, height, tuple(boxes.values()), tuple(arrows), len(graph) - len(shown)
    )


class _Keyed(NamedTuple):
    """A node under a key of its own: two that have no name may be called alike."""

    key: str
    node: Node
    operands: tuple[str, ...]

    @property
    def is_first_wrong(self) -> bool:
        return self.node.state == "first wrong"


def _keyed(wrong: WrongNode) -> list[_Keyed]:
    """Return the nodes, whose operands are those that stand before them."""
    latest: dict[str, str] = {}
    found = []
    for number, node in enumerate(wrong.nodes):
        operands = tuple(latest[name] for name in node.operands if name in latest)
        found.append(_Keyed(str(number), node, operands))
        latest[node.name] = str(number)
    return found


def _box(one: _Keyed, graph: Sequence[_Keyed], chosen: Collection[str]) -> Box:
    users = sum(one.key in other.operands for other in graph if other.key not in chosen)
    return box_of(one.node, sum(operand not in chosen for operand in one.operands), users)


def around(graph: Sequence[_Keyed], wrong: WrongNode) -> list[_Keyed]:
    """Return the nodes nearest to the first wrong one, in the order of the Program."""
    if len(graph) <= WHOLE:
        return list(graph)
    near: dict[str, set[str]] = {one.key: set(one.operands) for one in graph}
    for one in graph:
        for operand in one.operands:
            near[operand].add(one.key)
    faulty = [one.key for one in graph if one.is_first_wrong or one.node.name == wrong.name]
    found = faulty[:1] or [graph[0].key]
    for key in found:
        found += sorted(near[key] - set(found))
        if len(found) >= MOST:
            break
    chosen = set(found[:MOST])
    return [one for one in graph if one.key in chosen]


def _tall(name: str, sized: Mapping[str, Box]) -> float:
    """Return the height that a name takes in its column: a box's, or a passing edge's."""
    return sized[name].height if name in sized else OF_WAY


def _spans(placed: PlacedNodes, sized: Mapping[str, Box]) -> list[XY]:
    """Return the left and the right edge of each column."""
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
        placed: PlacedNodes,
    ) -> None:
        self._boxes, self._middle, self._spans, self._placed = boxes, middle, spans, placed

    def all(self, shown: Iterable[_Keyed], wrong: WrongNode) -> list[Arrow]:
        edges = [
            (operand, one.key, number)
            for one in shown
            for number, operand in enumerate(one.operands)
            if operand in self._boxes
        ]
        self._names = {one.key: one.node.name for one in shown}
        self._faulty = {one.key for one in shown if one.is_first_wrong}
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
        if source in self._faulty and wrong.field == "grad":
            of_target = self._names[target]
            at = next((n for n, (name, _) in enumerate(shares) if name == of_target), None)
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
