"""Functions of lists are right in values and gradients, and stay finite."""

import math

import pytest

from reference.lists import log_softmax, maximum, softmax
from reference.scalar import Value


def test_softmax_adds_up_to_one_and_stays_finite() -> None:
    large = [part.data for part in softmax([Value(1000.0), Value(1000.0), Value(-1000.0)])]

    assert large == [0.5, 0.5, 0.0]


def test_softmax_has_its_gradients() -> None:
    a, b = Value(1.0), Value(0.0)

    share, _ = softmax([a, b])
    share.backward()

    slope = share.data * (1 - share.data)
    assert (a.grad, b.grad) == pytest.approx((slope, -slope), rel=1e-12)


def test_log_softmax_is_exact_where_softmax_is_zero() -> None:
    a, b = Value(0.0), Value(-2000.0)

    assert [one.data for one in log_softmax([a, b])] == [0.0, -2000.0]
    assert log_softmax([Value(0.0), Value(0.0)])[0].data == pytest.approx(-math.log(2))


def test_the_largest_gets_the_gradient_and_equals_share_it() -> None:
    a, b, c = Value(3.0), Value(1.0), Value(3.0)

    most = maximum([a, b, c])
    most.backward()

    assert (most.data, a.grad, b.grad, c.grad) == (3.0, 0.5, 0.0, 0.5)
