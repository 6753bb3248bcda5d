"""Small arrays of plain numbers, in which random Programs reckon what their tensors hold.

The grader's own process does without numpy until an exercise on arrays is graded.
"""

from collections.abc import Callable
from typing import NamedTuple


class Grid(NamedTuple):
    """Numbers of at most two axes, kept as rows: a single one where there are fewer axes."""

    shape: tuple[int, ...]
    rows: tuple[tuple[float, ...], ...]

    def entries(self) -> list[float]:
        """Return the numbers, row by row."""
        return [entry for row in self.rows for entry in row]


def by_entry(function: Callable[..., float], *grids: Grid) -> Grid | None:
    """Return `function` of the entries at each place, or None where shapes do not broadcast."""
    height = max(len(grid.rows) for grid in grids)
    width = max(len(grid.rows[0]) for grid in grids)
    for grid in grids:
        if len(grid.rows) not in (1, height) or len(grid.rows[0]) not in (1, width):
            return None
    axes = max(len(grid.shape) for grid in grids)
    rows = tuple(
        tuple(function(*(_at(grid, row, column) for grid in grids)) for column in range(width))
        for row in range(height)
    )
    return Grid((height, width)[2 - axes :], rows)


def matrix_product(left: Grid, right: Grid) -> Grid | None:
    """Return `left @ right`, or None where they are no matrices that fit."""
    if len(left.shape) != 2 or len(right.shape) != 2 or left.shape[1] != right.shape[0]:
        return None
    columns = tuple(zip(*right.rows, strict=True))
    rows = tuple(
        tuple(sum(x * y for x, y in zip(row, column, strict=True)) for column in columns)
        for row in left.rows
    )
    return Grid((left.shape[0], right.shape[1]), rows)


def summed(grid: Grid, axis: int | None, keepdims: bool) -> Grid:
    """Return the sums along an axis that `grid` has, or of everything where `axis` is None."""
    axes = len(grid.shape)
    if axis is None:
        return Grid((1,) * axes * keepdims, ((sum(grid.entries()),),))
    lines = grid.rows if axis % axes == axes - 1 else tuple(zip(*grid.rows, strict=True))
    sums = tuple(map(sum, lines))
    shape = list(grid.shape)
    shape[axis] = 1
    if keepdims:
        upright = len(shape) == 2 and shape[1] == 1
        return Grid(tuple(shape), tuple((one,) for one in sums) if upright else (sums,))
    del shape[axis]
    return Grid(tuple(shape), (sums,))


def _at(grid: Grid, row: int, column: int) -> float:
    return grid.rows[row % len(grid.rows)][column % len(grid.rows[0])]
