"""Asks for functions of several nodes; random graphs alone ask for most of their gradients."""

from grader import check, numbers_of


@check(points=1)
def distance(Value, hypot):
    """hypot has its value."""
    c = hypot(Value(3.0), Value(-4.0))
    return {"c.data": c.data}


@check(points=1)
def three_shares(Value, shares):
    """The shares add up to 1."""
    return {"p": numbers_of(shares([Value(1.0), Value(-2.0), Value(0.5)]))}


@check(points=1)
def surprise_at_a_label(Value, surprise):
    """The surprise at a label is large where its share is small."""
    loss = surprise([Value(1.0), Value(-2.0)], 1)
    return {"loss.data": loss.data}


@check(points=1, after=(distance, three_shares, surprise_at_a_label), random=12)
def graphs(Value, hypot):
    """In any graph, each operand gets its gradient."""
    a, b = Value(3.0), Value(-4.0)
    c = hypot(a, b)
    c.backward()
    return {"a.grad": a.grad}
