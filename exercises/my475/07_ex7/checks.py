"""Asks `backward()` for the gradients of whole graphs."""

from grader import check


@check(points=0.5)
def root_gets_one(Value):
    """The gradient of the result itself is 1."""
    a = Value(2.0)
    b = Value(3.0)
    c = a * b
    c.backward()
    return {"c.grad": c.grad}


@check(points=0.5, after=root_gets_one)
def routes_add_up(Value):
    """Every route from a leaf to the result counts."""
    a = Value(1.234567)
    b = a + a
    c = b + b
    c.backward()
    return {"a.grad": a.grad}


@check(points=0.5, after=root_gets_one)
def equal_numbers(Value):
    """Two nodes that hold equal numbers stay two nodes."""
    a = Value(2)
    b = Value(2)
    c = a + Value(1)
    d = b + Value(1)
    f = c * d
    f.backward()
    seen = {"a.grad": a.grad, "b.grad": b.grad}
    p = Value(0)
    q = Value(0)
    g = (Value(1) + p) * (Value(1) + q)
    g.backward()
    seen |= {"p.grad": p.grad, "q.grad": q.grad}
    u = Value(2)
    v = Value(2)
    h = u + v
    h.backward()
    seen |= {"u.grad": u.grad, "v.grad": v.grad}
    m = Value(0.5)
    n = Value(0.5)
    k = (m + Value(1)) * (n + Value(1))
    k.backward()
    return seen | {"m.grad": m.grad, "n.grad": n.grad}


# In the first graph f and a * b are both -6, so `equal_numbers` comes first.
@check(points=0.5, after=(routes_add_up, equal_numbers), layouts=4)
def shared_operands(Value):
    """Two factors that share their operands both send gradients."""
    a = Value(-2.0)
    b = Value(3.0)
    f = (a * b) * (a + b)
    f.backward()
    seen = {"f.data": f.data, "a.grad": a.grad, "b.grad": b.grad}
    p = Value(-1.234567)
    q = Value(1.5)
    g = (p + q) * (p * q)
    g.backward()
    return seen | {"p.grad": p.grad, "q.grad": q.grad}


@check(points=1, after=shared_operands, random=16, layouts=4)
def skip_connection(Value):
    """A node passes on its gradient when all of it has arrived."""
    a = Value(1.7)
    b = Value(3.0) * a
    c = b + a
    d = c * b
    d.backward()
    seen = {"a.grad": a.grad}
    p = Value(-0.123457)
    q = Value(3.0) * p
    r = p + q
    s = r + p
    t = q * s
    t.backward()
    return seen | {"p.grad": p.grad}


@check(points=0.5, after=shared_operands)
def deep_right_operand(Value):
    """Gradients reach everything below a right operand."""
    a = Value(3.0)
    y = Value(1.0) + a * a * a
    y.backward()
    seen = {"a.grad": a.grad}
    b = Value(0.5)
    z = Value(1.0) + b * b * b
    z.backward()
    return seen | {"b.grad": b.grad}


@check(points=0.5, after=root_gets_one)
def second_graph(Value):
    """A second graph over the same leaf starts afresh."""
    a = Value(2.5)
    first = a * a
    first.backward()
    a.grad = 0.0
    second = a * Value(3.5)
    second.backward()
    return {"a.grad": a.grad}
