"""Asks where gradients start."""

from grader import check


@check(points=0.5)
def leaves_start_at_zero(Value):
    """A new Value has gradient 0."""
    a = Value(2.0)
    b = Value(-1.234567)
    zero = Value(0)
    return {"a.grad": a.grad, "b.grad": b.grad, "zero.grad": zero.grad}


@check(points=0.5, after=leaves_start_at_zero)
def results_start_at_zero(Value):
    """A result has gradient 0, and each Value has its own."""
    a = Value(2.0)
    b = Value(3.0)
    a.grad = 5.5
    c = a + b
    d = b * a
    return {"c.grad": c.grad, "d.grad": d.grad, "a.grad": a.grad, "b.grad": b.grad}
