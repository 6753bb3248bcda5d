"""Asks each operation to pass its gradient on by one step, when `_backward()` is called."""

from grader import check


@check(points=0.5)
def leaves_do_nothing(Scalar):
    """A leaf's rule does nothing, and none runs unasked."""
    a = Scalar(2.0)
    b = Scalar(-3.0)
    c = a * b
    a._backward()
    return {"a.grad": a.grad, "b.grad": b.grad, "c.grad": c.grad}


@check(points=1)
def rule_of_sums(Scalar):
    """A sum hands its gradient to both operands."""
    a = Scalar(2.0)
    b = Scalar(-3.0)
    c = a + b
    c.grad = 1.0
    c._backward()
    seen = {"a.grad": a.grad, "b.grad": b.grad}
    p = Scalar(-1.234567)
    zero = Scalar(0)
    q = p + zero
    q.grad = -2.5
    q._backward()
    return seen | {"p.grad": p.grad, "zero.grad": zero.grad}


@check(points=1)
def rule_of_products(Scalar):
    """A product gives each factor the other one's number."""
    a = Scalar(2.0)
    b = Scalar(-5.0)
    c = a * b
    c.grad = 3.0
    c._backward()
    seen = {"a.grad": a.grad, "b.grad": b.grad}
    p = Scalar(-1.234567)
    zero = Scalar(0)
    q = p * zero
    q.grad = 1.0
    q._backward()
    return seen | {"p.grad": p.grad, "zero.grad": zero.grad}


@check(points=0.5)
def rule_of_tanh(Scalar):
    """tanh passes 1 - tanh² of its gradient on."""
    a = Scalar(0.881374)
    b = a.tanh()
    b.grad = 1.0
    b._backward()
    seen = {"a.grad": a.grad}
    p = Scalar(-0.4)
    q = p.tanh()
    q.grad = -3.0
    q._backward()
    return seen | {"p.grad": p.grad}
