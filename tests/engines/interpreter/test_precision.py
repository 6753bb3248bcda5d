"""Numbers are known to be held in few digits by their types alone."""

from typing import Any

import numpy
import pytest

from grader.engines.interpreter.precision import precision_of
from grader.engines.observation import HALF, SINGLE


class Node:
    def __init__(self, data: Any) -> None:
        self.data = data


class Slotted:
    __slots__ = ("data", "empty")

    def __init__(self, data: Any) -> None:
        self.data = data


@pytest.mark.parametrize(
    ("number", "precision"),
    [
        (1.5, ""),
        (numpy.float64(1.5), ""),
        (numpy.int32(2), ""),
        (numpy.float32(1.5), SINGLE),
        (numpy.array([1.5], dtype="float32"), SINGLE),
        (numpy.float16(1.5), HALF),
        ("float32", ""),
    ],
)
def test_the_least_precision_is_told(number: object, precision: str) -> None:
    assert precision_of([number]) == precision
    assert precision_of([1.0, Node(number)]) == precision
    assert precision_of([Slotted(number)]) == precision


def test_a_class_that_calls_itself_float32_is_none() -> None:
    named = type("float32", (float,), {"__module__": "numpy"})

    assert precision_of([named(1.5)]) == ""
