"""Small arrays without numpy reckon as numpy does."""

from typing import Any

import pytest

from grader.exercises.random.grids import Grid, by_entry, matrix_product, summed

np = pytest.importorskip("numpy", reason="numpy is not installed")

SHAPES: tuple[tuple[int, ...], ...] = ((), (1,), (3,), (1, 3), (2, 1), (2, 3), (3, 2), (3, 3))


def grid_of(array: Any) -> Grid:
    rows = np.atleast_2d(array).tolist()
    return Grid(array.shape, tuple(map(tuple, rows)))


def example(shape: tuple[int, ...]) -> Any:
    return np.arange(1.0, 1.0 + np.prod(shape)).reshape(shape) ** 2


@pytest.mark.parametrize("left", SHAPES, ids=str)
@pytest.mark.parametrize("right", SHAPES, ids=str)
def test_entries_meet_as_numpy_broadcasts_them(
    left: tuple[int, ...], right: tuple[int, ...]
) -> None:
    a, b = example(left), example(right)
    try:
        want = grid_of(a - b)
    except ValueError:
        want = None

    assert by_entry(lambda x, y: x - y, grid_of(a), grid_of(b)) == want


@pytest.mark.parametrize("left", SHAPES, ids=str)
@pytest.mark.parametrize("right", SHAPES, ids=str)
def test_matrices_multiply_where_they_fit(left: tuple[int, ...], right: tuple[int, ...]) -> None:
    fits = len(left) == len(right) == 2 and left[1] == right[0]
    a, b = example(left), example(right)

    assert matrix_product(grid_of(a), grid_of(b)) == (grid_of(a @ b) if fits else None)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("keepdims", [False, True])
def test_sums_have_numpy_s_shapes(shape: tuple[int, ...], keepdims: bool) -> None:
    array = example(shape)

    for axis in (None, *range(-len(shape), len(shape))):
        want = np.asarray(array.sum(axis=axis, keepdims=keepdims))

        assert summed(grid_of(array), axis, keepdims) == grid_of(want)
