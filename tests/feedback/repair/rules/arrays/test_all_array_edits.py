"""A source without arrays, and without classes of operations, has none of these edits."""

from grader.feedback.repair.conventions import conventions
from grader.feedback.repair.outline import outline
from grader.feedback.repair.rules.arrays.all_array_edits import all_array_edits
from tests.feedback.repair import engine
from tests.feedback.repair.rules.arrays import array_engine


def test_scalars_have_no_edits_of_arrays() -> None:
    scalars, arrays = outline((engine.ENGINE,)), outline((array_engine.ENGINE,))

    assert list(all_array_edits(scalars, conventions(scalars))) == []
    kinds = {one.kind for one in all_array_edits(arrays, conventions(arrays))}
    assert kinds >= {
        "shape",
        "option",
        "transpose",
        "axis",
        "line of its siblings",
    }
