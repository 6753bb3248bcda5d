"""What is a number, and what holds nodes, is told from all else."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from grader.sandbox.child.recording.operations import number_in, operands_in


@pytest.mark.parametrize("value", [2, 2.0, True + 1, np.float32(2), np.int64(2), np.array(2.0)])
def test_numbers_of_every_kind_are_floats(value: Any) -> None:
    assert (number_in(value), type(number_in(value))) == (2.0, float)


@pytest.mark.parametrize(
    "value", ["2", None, [2.0], np.zeros(1), 1j, 10**400, Decimal(2), Fraction(2)]
)
def test_anything_else_is_no_number(value: Any) -> None:
    assert number_in(value) is None


class Node:
    pass


A, B = Node(), Node()


@pytest.mark.parametrize(
    ("held", "operands", "slopes"),
    [
        ((A, B), (A, B), None),
        ([A], (A,), None),
        (A, (A,), None),
        (((A, 1.0), (B, 2)), (A, B), [1.0, 2.0]),
        ([(2.0, A), B], (A, B), None),
        ((), (), None),
        ("text", (), None),
        (None, (), None),
    ],
)
def test_nodes_are_found_in_what_holds_them(held: Any, operands: Any, slopes: Any) -> None:
    assert operands_in(held, Node) == (operands, slopes)
