"""Asks for the rule of each operation, one call of `_backward` at a time."""

from grader import check


@check(points=1)
def addition_rule(Value):
    """Addition hands the result's gradient on to both operands."""
    a = Value(2.0)
    b = Value(-5.0)
    c = a + b
    c.grad = 3.0
    c._backward()
    seen = {"a.grad": a.grad, "b.grad": b.grad}
    p = Value(3)
    zero = Value(0)
    q = zero + p
    q.grad = -0.123457
    q._backward()
    return seen | {"p.grad": p.grad, "zero.grad": zero.grad}


@check(points=1)
def multiplication_rule(Value):
    """Multiplication sends each operand the other one times grad."""
    a = Value(2.0)
    b = Value(-5.0)
    c = a * b
    c.grad = 3.0
    c._backward()
    seen = {"a.grad": a.grad, "b.grad": b.grad}
    p = Value(1.234567)
    zero = Value(0)
    q = p * zero
    q.grad = -0.5
    q._backward()
    return seen | {"p.grad": p.grad, "zero.grad": zero.grad}


@check(points=1, after=addition_rule)
def addition_adds_up(Value):
    """In a + a both shares are added to the gradient of a."""
    a = Value(2.0)
    c = a + a
    c.grad = 3.0
    c._backward()
    seen = {"a.grad": a.grad}
    p = Value(2)
    q = Value(2)
    p.grad = 10.0
    q.grad = 20.0
    r = p + q
    r.grad = 3.5
    r._backward()
    return seen | {"p.grad": p.grad, "q.grad": q.grad}


@check(points=1, after=multiplication_rule)
def multiplication_adds_up(Value):
    """In a * a both shares are added to the gradient of a."""
    a = Value(2.0)
    c = a * a
    c.grad = 3.0
    c._backward()
    seen = {"a.grad": a.grad}
    p = Value(3)
    q = Value(3)
    p.grad = 10.0
    q.grad = 20.0
    r = p * q
    r.grad = 3.5
    r._backward()
    return seen | {"p.grad": p.grad, "q.grad": q.grad}


@check(points=1)
def nothing_moves_by_itself(Value):
    """Nothing moves before _backward is called, or on a leaf."""
    a = Value(2.0)
    b = Value(-5.0)
    a.grad = 3.5
    c = a + b
    c.grad = 7.0
    d = b * a
    d.grad = 7.0
    a._backward()
    b._backward()
    return {"a.grad": a.grad, "b.grad": b.grad, "a.data": a.data, "b.data": b.data}
