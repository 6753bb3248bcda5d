"""Engines of arrays whose operations are methods: shapes of shares, zeroes, freed graphs."""

import pytest

from tests.feedback.repair.engine import giving
from tests.feedback.repair.rules.arrays.array_engine import mending_arrays

METHODS = """\
import numpy as np


class Array:
    def __init__(self, data, children=()):
        self.data = np.array(data)
        self.grad = np.zeros_like(self.data)
        self.children = children
        self.rule = lambda: None

    def __add__(self, other):
        out = Array(self.data + other.data, (self, other))

        def rule():
            self.grad += out.grad
            other.grad += out.grad

        out.rule = rule
        return out

    def mean(self):
        out = Array(self.data.mean(), (self,))

        def rule():
            self.grad += out.grad / self.data.size

        out.rule = rule
        return out
"""


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("            del self.grad_fn\n", ""),
        (
            "    def zero_grad(self):\n        self.grad = np.zeros_like(self.data)\n",
            "    def zero_grad(self):\n        pass\n",
        ),
    ],
)
def test_a_step_that_is_missing_is_put_there(right: str, wrong: str) -> None:
    found = mending_arrays(right, wrong)

    assert found is not None
    assert found.kind == "line missing"


def test_a_mean_divides_what_it_sends() -> None:
    found = giving(METHODS.replace(" / self.data.size", ""), METHODS)

    assert found is not None
    assert found.kind == "factor missing"


def test_a_share_gets_its_operands_shape_by_a_function_that_is_added() -> None:
    added = """

def summed_to(share, shape):
    while share.ndim > len(shape):
        share = share.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            share = share.sum(axis=axis, keepdims=True)
    return share
"""
    fits = METHODS.replace(
        "other.grad += out.grad", "other.grad += summed_to(out.grad, other.data.shape)"
    )

    found = giving(METHODS, fits + added)

    assert found is not None
    assert found.kind == "shape"
    assert found.line((METHODS,)) == 16
