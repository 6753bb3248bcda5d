"""Asks `backward()` for gradients where nodes are used more than once."""

from grader import check


@check(points=0.5)
def one_node_twice(Scalar):
    """In a + a and a * a both shares count."""
    a = Scalar(3.0)
    b = a + a
    b.backward()
    seen = {"a.grad": a.grad}
    c = Scalar(3)
    d = c * c
    d.backward()
    seen["c.grad"] = c.grad
    e = Scalar(0.75)
    f = e * e
    f.backward()
    return seen | {"e.grad": e.grad}


@check(points=0.5, layouts=4)
def two_routes(Scalar):
    """In (a * b) * (a + b) both routes count."""
    a = Scalar(-2.0)
    b = Scalar(3.0)
    d = a * b
    e = a + b
    f = d * e
    f.backward()
    seen = {"a.grad": a.grad, "b.grad": b.grad}
    p = Scalar(1.5)
    q = Scalar(0.5)
    g = (p * q) * (p + q)
    g.backward()
    return seen | {"p.grad": p.grad, "q.grad": q.grad}


# In (u + v) * u the product's rule runs first, so an overwritten share shows in any order of edges.
@check(points=1, after=(one_node_twice, two_routes), random=16, layouts=4)
def routes_add_up(Scalar):
    """In any graph the shares of all routes add up."""
    c = Scalar(1.234567)
    twice = c + c
    four = twice + twice
    four.backward()
    seen = {"c.grad": c.grad}
    u = Scalar(1.5)
    v = Scalar(0.25)
    left = (u + v) * u
    left.backward()
    seen |= {"u.grad": u.grad, "v.grad": v.grad}
    t = Scalar(0.75)
    s = t.tanh() * Scalar(3.0) + t
    s.backward()
    seen["t.grad"] = t.grad
    r = Scalar(-0.4)
    q = r + r.tanh()
    q.backward()
    seen["r.grad"] = r.grad
    m = Scalar(1.7)
    n = m * Scalar(3.0)
    k = (n + m) * n
    k.backward()
    seen["m.grad"] = m.grad
    p = Scalar(2)
    o = Scalar(2)
    w = (p + Scalar(1)) * (o + Scalar(1))
    w.backward()
    seen |= {"p.grad": p.grad, "o.grad": o.grad}
    i = Scalar(2)
    j = Scalar(2)
    equal = i + j
    equal.backward()
    return seen | {"i.grad": i.grad, "j.grad": j.grad}
