"""Asks for the gradient of relu at its kink, and close to it."""

from grader import check


@check(points=1)
def flat_at_the_kink(Value):
    """relu sends nothing back at 0, and all of it just above."""
    zero = Value(0.0)
    a = zero.relu() * Value(3.0)
    a.backward()
    seen = {"zero.grad": zero.grad, "a.data": a.data}
    p = Value(2)
    q = Value(-2)
    b = (p + q).relu()
    b.backward()
    seen |= {"p.grad": p.grad, "q.grad": q.grad}
    above = Value(0.000123)
    c = above.relu() * Value(2.5)
    c.backward()
    seen["above.grad"] = above.grad
    open_ = Value(1.5)
    e = open_.relu() * Value(-1.5)
    e.backward()
    seen["open_.grad"] = open_.grad
    below = Value(-0.000123)
    d = below.relu() * Value(3.0)
    d.backward()
    return seen | {"below.grad": below.grad}
