"""Columns and heights of a layered drawing: names in, places out, whatever they stand for.

Source: Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system
structures", 1981. Heights are found by isotonic regression (pool adjacent violators).
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

SWEEPS = 8
GAP, OF_WAY = 26.0, 14.0  # between boxes, and the height of a long edge that passes a column


class GraphColumns(NamedTuple):
    """The columns of a drawing, each from above.

    Attributes:
        names: nodes, and the places where long edges pass between them.
        ways: (operand, result) → the places that this edge passes.
        links: neighbours in columns side by side.
    """

    names: tuple[tuple[str, ...], ...]
    ways: Mapping[tuple[str, str], tuple[str, ...]]
    links: tuple[tuple[str, str], ...]


class PlacedNodes(NamedTuple):
    """The column and the height of the middle of each name; `ways` as in GraphColumns."""

    column: Mapping[str, int]
    middle: Mapping[str, float]
    ways: Mapping[tuple[str, str], tuple[str, ...]]


def columns(operands: Mapping[str, Sequence[str]]) -> GraphColumns:
    """Return the columns of a graph.

    Args:
        operands: node → the nodes it is made from, all of them keys; each after its operands.
    """
    depth = _depths(operands)
    standing: list[list[str]] = [[] for _ in range(1 + max(depth.values(), default=0))]
    for name, at in depth.items():
        standing[at].append(name)
    ways: dict[tuple[str, str], tuple[str, ...]] = {}
    links: list[tuple[str, str]] = []
    for name, own in operands.items():
        for operand in dict.fromkeys(own):
            passed = [f"{operand} → {name} @{at}" for at in range(depth[operand] + 1, depth[name])]
            for at, way in enumerate(passed, depth[operand] + 1):
                standing[at].append(way)
            ways[operand, name] = tuple(passed)
            links += pairwise([operand, *passed, name])
    ordered = _ordered(standing, links)
    return GraphColumns(tuple(map(tuple, ordered)), ways, tuple(links))


def heights(lines: GraphColumns, tall: Mapping[str, float]) -> PlacedNodes:
    """Return the middle of each name, near to its neighbours, and apart from the next.

    Args:
        lines: the columns.
        tall: node → how tall its box is.
    """
    near = _neighbours(lines.links)
    size = {name: tall.get(name, OF_WAY) for column in lines.names for name in column}
    middle = dict.fromkeys(size, 0.0)
    for column in lines.names:
        middle |= _apart(column, size, [0.0] * len(column))
    for sweep in range(SWEEPS):
        for column in lines.names[:: -1 if sweep % 2 else 1]:
            wished = [
                _mean([middle[other] for other in near.get(name, ())], middle[name])
                for name in column
            ]
            middle |= _apart(column, size, wished)
    at = {name: number for number, column in enumerate(lines.names) for name in column}
    return PlacedNodes(at, middle, lines.ways)


def _depths(operands: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return each node's column: right of its operands, an input next to its first use."""
    depth: dict[str, int] = {}
    for name, own in operands.items():
        depth[name] = 1 + max((depth[one] for one in own), default=-1)
    for name, own in operands.items():
        uses = [depth[user] for user, theirs in operands.items() if name in theirs]
        if not own and uses:
            depth[name] = min(uses) - 1
    return depth


def _ordered(standing: list[list[str]], links: Iterable[tuple[str, str]]) -> list[list[str]]:
    near = _neighbours(links)
    for sweep in range(SWEEPS):
        backwards = -1 if sweep % 2 else 1
        for fixed, column in pairwise(standing[::backwards]):
            at = {name: float(number) for number, name in enumerate(fixed)}
            now = {name: number for number, name in enumerate(column)}
            beside = {
                name: _mean([at[other] for other in near.get(name, ()) if other in at], now[name])
                for name in column
            }
            column.sort(key=lambda name, beside=beside: beside[name])  # type: ignore[misc]
    return standing


def _neighbours(links: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    near: dict[str, list[str]] = {}
    for one, other in links:
        near.setdefault(one, []).append(other)
        near.setdefault(other, []).append(one)
    return near


def _apart(
    column: Sequence[str], size: Mapping[str, float], wished: Sequence[float]
) -> dict[str, float]:
    """Return the heights nearest to those wished, in least squares, at which nothing overlaps."""
    offsets, at = [], 0.0
    for one, following in pairwise((*column, column[-1])):
        offsets.append(at)
        at += (size[one] + size[following]) / 2 + GAP
    blocks: list[tuple[float, int]] = []  # the mean of names that touch, and how many
    for wish, offset in zip(wished, offsets, strict=True):
        mean, count = wish - offset, 1
        while blocks and blocks[-1][0] > mean:
            other, others = blocks.pop()
            mean, count = (mean * count + other * others) / (count + others), count + others
        blocks.append((mean, count))
    shifts = [mean for mean, count in blocks for _ in range(count)]
    return {
        name: shift + offset for name, shift, offset in zip(column, shifts, offsets, strict=True)
    }


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
