"""Asks for plain numbers beside a Value, one operator and one side at a time.

Each check asks for the values, then for the gradient; the rest of its graph is made of Values, so
that a fault on one side of one operator is charged once. In the last check numbers are met again,
where a Value reaches the result by several routes.
"""

from grader import check


@check(points=0.5)
def plus(Value):
    """A plain number can be added, on either side."""
    a = Value(1.5)
    b = a + 0.123457
    seen = {"b.data": b.data}
    c = a + 2
    seen["c.data"] = c.data
    d = 2 + a
    seen["d.data"] = d.data
    e = 0 + a
    seen["e.data"] = e.data
    f = -0.25 + a
    seen["f.data"] = f.data
    x = Value(3)
    right = (x + 2) * Value(3.0)
    right.backward()
    seen["x.grad"] = x.grad
    y = Value(1.234567)
    left = Value(-2.5) * (2.5 + y)
    left.backward()
    return seen | {"y.grad": y.grad}


@check(points=0.5)
def times(Value):
    """A plain number can be a factor, on either side."""
    a = Value(1.5)
    b = a * 0.123457
    seen = {"b.data": b.data}
    c = a * 3
    seen["c.data"] = c.data
    d = 2 * a
    seen["d.data"] = d.data
    e = 0 * a
    seen["e.data"] = e.data
    f = -0.25 * a
    seen["f.data"] = f.data
    x = Value(3)
    right = x * 2.5 * Value(3.0)
    right.backward()
    seen["x.grad"] = x.grad
    y = Value(1.234567)
    left = 3 * (y * Value(-2.0))
    left.backward()
    return seen | {"y.grad": y.grad}


@check(points=0.25)
def minus_right(Value):
    """In a - 1 the number is taken away from a."""
    a = Value(2.5)
    b = a - 1
    seen = {"b.data": b.data}
    c = a - 0.123457
    seen["c.data"] = c.data
    d = a - 0
    seen["d.data"] = d.data
    x = Value(3)
    f = (x - 1) * Value(3.0)
    f.backward()
    seen["x.grad"] = x.grad
    y = Value(1.234567)
    g = Value(-3.5) * (y - 2.5)
    g.backward()
    return seen | {"y.grad": y.grad}


@check(points=0.5)
def minus_left(Value):
    """In 1 - a the number is the left operand."""
    a = Value(2.5)
    b = 1 - a
    seen = {"b.data": b.data}
    c = 0.123457 - a
    seen["c.data"] = c.data
    d = 0 - a
    seen["d.data"] = d.data
    x = Value(3)
    f = (1 - x) * Value(3.0)
    f.backward()
    seen["x.grad"] = x.grad
    y = Value(1.234567)
    g = Value(-3.5) * (2.5 - y)
    g.backward()
    return seen | {"y.grad": y.grad}


@check(points=0.25)
def over_right(Value):
    """In a / 2 the number stands below the line."""
    a = Value(2.5)
    b = a / 2
    seen = {"b.data": b.data}
    c = a / -0.123457
    seen["c.data"] = c.data
    half = Value(1) / 2
    seen["half.data"] = half.data
    x = Value(3)
    f = x / 2 * Value(3.0)
    f.backward()
    seen["x.grad"] = x.grad
    y = Value(1.234567)
    g = Value(-3.0) * (y / -2.5)
    g.backward()
    return seen | {"y.grad": y.grad}


@check(points=0.5)
def over_left(Value):
    """In 3 / a the number stands above the line."""
    a = Value(2.5)
    b = 3 / a
    seen = {"b.data": b.data}
    c = -0.123457 / a
    seen["c.data"] = c.data
    d = 0 / a
    seen["d.data"] = d.data
    half = 1 / Value(2)
    seen["half.data"] = half.data
    x = Value(3)
    f = 3 / x * Value(2.5)
    f.backward()
    seen["x.grad"] = x.grad
    y = Value(1.234567)
    g = Value(-3.0) * (-2.5 / y)
    g.backward()
    return seen | {"y.grad": y.grad}


# In (x + 2) * x the product's rule always runs first, so a share that is overwritten shows,
# whatever the order in which an engine visits operands.
@check(points=0.5, after=(plus, times, minus_right, minus_left, over_right, over_left), random=16)
def routes_add_up(Value):
    """Beside plain numbers too, the shares of all routes add up."""
    a = Value(1.5)
    f = (a + 2) * a
    f.backward()
    seen = {"a.grad": a.grad}
    b = Value(-0.75)
    g = b * (2.5 + b)
    g.backward()
    seen["b.grad"] = b.grad
    c = Value(1.234567)
    h = c * 3 + c
    h.backward()
    seen["c.grad"] = c.grad
    d = Value(0.625)
    k = d + 2 * d
    k.backward()
    seen["d.grad"] = d.grad
    e = Value(5)
    m = (e - 1) * e
    m.backward()
    seen["e.grad"] = e.grad
    p = Value(1.75)
    q = (2.5 - p) * p
    q.backward()
    seen["p.grad"] = p.grad
    r = Value(2.25)
    s = r / 4 * -2.5 + r
    s.backward()
    seen["r.grad"] = r.grad
    t = Value(0.5)
    u = t + 3 / t * -3
    u.backward()
    seen["t.grad"] = t.grad
    x = Value(-1.5)
    y = 3 * (2 - x) + x * 2.5
    y.backward()
    return seen | {"x.grad": x.grad}
