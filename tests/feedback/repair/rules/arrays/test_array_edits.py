"""Axes, transposes, products, functions, types, and arrays that two names hold."""

import pytest

from grader.feedback.repair.outline import outline
from grader.feedback.repair.rules.arrays.array_edits import array_package
from tests.feedback.repair.rules.arrays.array_engine import mending_arrays


@pytest.mark.parametrize(
    ("right", "wrong", "kind"),
    [
        ("upstream @ self.right.data.T", "upstream @ self.right.data", "transpose"),
        ("self.left.data.T @ upstream", "upstream @ self.left.data.T", "operands swapped"),
        ("self.left.data.T @ upstream", "self.left.data @ upstream", "transpose"),
        ("= left.data @ right.data", "= left.data * right.data", "operator"),
        ("= left.data @ right.data", "= (left.data @ right.data).T", "transpose"),
        ("mean(axis=axis, keepdims=keepdims)", "mean(axis=axis)", "axis"),
        ("mean(axis=axis, keepdims=keepdims)", "mean(keepdims=keepdims)", "axis"),
        ("share = share.sum(axis=0)", "share = share.sum(axis=-1)", "axis"),
        ("share = share.sum(axis=0)", "share = share[0]", "axis"),
        ("share = share.sum(axis=0)", "share = share.mean(axis=0)", "function"),
        ("average = t.data.mean", "average = t.data.sum", "function"),
        ("Tensor(np.exp(t.data)", "Tensor(np.log(t.data)", "function"),
        ("Tensor(np.exp(t.data)", "Tensor(np.exp(np.abs(t.data))", "call too much"),
        ("self.data = np.array(data)", "self.data = np.array(data, dtype=np.float32)", "precision"),
        ("self.data = np.array(data)", "self.data = np.asarray(data)", "function"),
    ],
)
def test_a_fault_of_an_array_is_mended(right: str, wrong: str, kind: str) -> None:
    found = mending_arrays(right, wrong)

    assert found is not None
    assert found.kind == kind


def test_the_package_goes_by_the_name_that_the_source_gives_it() -> None:
    assert array_package(outline(("import numpy as anp\n",))) == "anp"
    assert array_package(outline(("import numpy\n",))) == "numpy"
    assert array_package(outline(("import math\n",))) == ""
