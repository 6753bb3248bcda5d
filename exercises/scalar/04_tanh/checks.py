"""Asks for tanh, and for the gradients of a neuron, found by hand, in the variables."""

from grader import check, holds


@check(points=0.5)
def tanh_values(Scalar):
    """tanh gives the hyperbolic tangent."""
    a = Scalar(0.4).tanh()
    seen = {"a.data": a.data}
    b = Scalar(1).tanh()
    seen["b.data"] = b.data
    c = Scalar(-1.234567).tanh()
    seen["c.data"] = c.data
    zero = Scalar(0).tanh()
    return seen | {"zero.data": zero.data}


@holds(points=1.5, after=tanh_values)
def neuron_by_hand(Scalar):
    """Inputs, weights, bias and n hold the slopes of o."""
    x1 = Scalar(2.0)
    x2 = Scalar(0.0)
    w1 = Scalar(-3.0)
    w2 = Scalar(1.0)
    b = Scalar(6.8813735870195432)
    n = x1 * w1 + x2 * w2 + b
    o = n.tanh()
    o.backward()
    return {
        "o.data": o.data,
        "n.grad": n.grad,
        "b.grad": b.grad,
        "x1.grad": x1.grad,
        "w1.grad": w1.grad,
        "x2.grad": x2.grad,
        "w2.grad": w2.grad,
    }
