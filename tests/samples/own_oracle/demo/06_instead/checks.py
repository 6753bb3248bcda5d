"""Asks for what stands for a switch of the engine, for chance, and for the slope of a slope."""

from grader import check


@check(points=1, random=4)
def detached(Value):
    """Nothing gets past what is detached."""
    a = Value(1.5)
    b = a.detach()
    c = a * b
    c.backward()
    return {"a.grad": a.grad, "b.grad": b.grad}


@check(points=1)
def without_graph(Value, product_without_graph):
    """A product without a graph is a leaf."""
    a, b = Value(1.5), Value(-2.0)
    c = product_without_graph(a, b) * b
    c.backward()
    return {"c.data": c.data, "a.grad": a.grad, "b.grad": b.grad}


@check(points=1)
def dropped(Value, dropout):
    """What is kept is scaled up, and the rest sends nothing back."""
    a, b = Value(1.5), Value(-2.0)
    y = dropout([a, b], [1, 0], 0.25)
    z = y[0] * y[0] + y[1]
    z.backward()
    return {"z.data": z.data, "a.grad": a.grad, "b.grad": b.grad}


@check(points=1)
def second(second_slope):
    """The second derivative of a cube."""
    return {"at 2": second_slope(2.0), "at -0.5": second_slope(-0.5)}
