"""Asks for gradients that add up over samples, and for what zero_grad() leaves."""

from grader import check


def neuron(x1, x2, w1, w2, b):
    """Return the output of a neuron with two inputs."""
    return (x1 * w1 + x2 * w2 + b).relu()


@check(points=1)
def two_samples(Value):
    """The gradients of two samples add up in the parameters."""
    w1 = Value(-3.0)
    w2 = Value(1.0)
    b = Value(6.8813735870195432)
    first = neuron(Value(2.0), Value(0.0), w1, w2, b)
    first.backward()
    second = neuron(Value(1.0), Value(-1.0), w1, w2, b)
    second.backward()
    seen = {
        "second.data": second.data,
        "w1.grad": w1.grad,
        "w2.grad": w2.grad,
        "b.grad": b.grad,
    }
    u = Value(1.5)
    third = (u * Value(0.75)).relu()
    third.backward()
    fourth = (u * Value(0.5) + Value(1.0)).relu()
    fourth.backward()
    return seen | {"u.grad": u.grad}


@check(points=1, after=two_samples)
def step_over_both(Value):
    """One step for both samples lowers the output."""
    w1 = Value(-3.0)
    w2 = Value(1.0)
    b = Value(6.8813735870195432)
    first = neuron(Value(2.0), Value(0.0), w1, w2, b)
    first.backward()
    second = neuron(Value(1.0), Value(-1.0), w1, w2, b)
    second.backward()
    w1.data -= 0.01 * w1.grad
    w2.data -= 0.01 * w2.grad
    b.data -= 0.01 * b.grad
    lower = neuron(Value(1.0), Value(-1.0), w1, w2, b)
    return {"lower.data": lower.data}


@check(points=1)
def leaves_are_zero(Value):
    """zero_grad() sets the gradients of all leaves to 0."""
    x = Value(1.5)
    w = Value(-3.0)
    v = Value(1.234567)
    b = Value(6.5)
    o = (x * w + v * x + b).relu()
    o.backward()
    o.zero_grad()
    return {
        "b.grad": b.grad,
        "x.grad": x.grad,
        "w.grad": w.grad,
        "v.grad": v.grad,
        "w.data": w.data,
        "b.data": b.data,
    }


@check(points=1, after=leaves_are_zero)
def inner_nodes_are_zero(Value):
    """zero_grad() reaches every node, and the one it is called on."""
    x = Value(1.5)
    w = Value(-3.0)
    b = Value(6.5)
    wx = w * x
    n = wx + b
    o = n.relu()
    o.backward()
    o.zero_grad()
    return {"o.grad": o.grad, "n.grad": n.grad, "wx.grad": wx.grad, "o.data": o.data}


@check(points=1, after=leaves_are_zero)
def fresh_gradients(Value):
    """After zero_grad() a new pass counts alone."""
    w = Value(-3.0)
    b = Value(6.5)
    first = (w * Value(2.0) + b).relu()
    first.backward()
    first.zero_grad()
    second = (w * Value(0.5) + b).relu() * Value(3.0)
    second.backward()
    return {"w.grad": w.grad, "b.grad": b.grad}
