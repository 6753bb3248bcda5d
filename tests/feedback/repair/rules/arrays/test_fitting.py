"""The function of a source that gives shares their operands' shapes: it is used, and mended."""

import pytest

from grader.feedback.repair.outline import outline
from grader.feedback.repair.rules.arrays.fitting import fitting_of
from tests.feedback.repair.rules.arrays.array_engine import ENGINE, mending_arrays

AXES = """\
    for axis, size in enumerate(shape):
        if size == 1:
            share = share.sum(axis=axis, keepdims=True)
"""
MISSING = """\
    while share.ndim > len(shape):
        share = share.sum(axis=0)
"""


@pytest.mark.parametrize("lines", [AXES, MISSING, MISSING + AXES])
def test_a_part_that_is_missing_is_put_there(lines: str) -> None:
    found = mending_arrays(lines, "    share = share\n" if lines == MISSING + AXES else "")

    assert found is not None
    assert found.kind == "shape"


def test_the_sources_own_function_is_called_as_it_is_elsewhere() -> None:
    parts = outline((ENGINE,))

    ways = list(fitting_of(parts, "np", parts.pieces[0]).fitted("upstream", "self.t.data"))

    assert ways == [("fitted(upstream, self.t.data.shape)", None)]
