"""Asks for the map of several graphs."""

from grader import check, order_of


@check(points=1)
def chain(Value):
    """The map of a chain lists every node, children before parents."""
    a = Value(2.0)
    b = Value(-3.0)
    c = a + b
    d = Value(0.25)
    e = d * c
    f = e + Value(1.5)
    return {"map of f": order_of(f)}


@check(points=2, after=chain, layouts=4)
def shared_operands(Value):
    """The map of (a * b) * (a + b) has every node once."""
    a = Value(1.234567)
    b = Value(3.0)
    c = a * b
    d = a + b
    f = c * d
    p = Value(-2.0)
    q = Value(5.0)
    r = p + q
    s = p * q
    t = r * s
    return {"map of f": order_of(f), "map of t": order_of(t)}


@check(points=1, after=chain, layouts=4)
def skip_connection(Value):
    """A node that is needed twice waits for the longer route."""
    a = Value(2.0)
    b = Value(3.0)
    c = a * b
    d = c + a
    e = d * c
    p = Value(2)
    q = Value(1)
    r = p * q
    s = p + r
    t = s + q
    u = r * t
    return {"map of e": order_of(e), "map of u": order_of(u)}
