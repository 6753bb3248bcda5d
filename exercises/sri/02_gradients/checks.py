"""Asks `backward()` for the gradients of every operation, inside graphs.

In the graphs that stand here, nodes in the middle have one route to the result, and leaves may have
several: the order of the walk back is asked in `neuron`. Random graphs, at the end, know no such
bounds.
"""

from grader import check


@check(points=0.5)
def result_gets_one(Value):
    """The gradient of the result itself is 1."""
    a = Value(3.0)
    b = Value(-0.5)
    c = a * b
    c.backward()
    return {"c.grad": c.grad}


@check(points=0.5, after=result_gets_one)
def products(Value):
    """A product sends each operand the other one times its grad."""
    a = Value(2.0)
    b = Value(-5.0)
    c = a * b
    c.backward()
    seen = {"a.grad": a.grad, "b.grad": b.grad}
    p = Value(3)
    zero = Value(0)
    nothing = p * zero
    nothing.backward()
    seen |= {"p.grad": p.grad, "zero.grad": zero.grad}
    x = Value(1.234567)
    y = Value(-2.5)
    left = x * y * Value(3.0)
    left.backward()
    seen |= {"x.grad": x.grad, "y.grad": y.grad}
    u = Value(1.5)
    v = Value(0.25)
    right = Value(-3.0) * (u * v)
    right.backward()
    return seen | {"u.grad": u.grad, "v.grad": v.grad}


# Only a factor behind the sum shows whether the sum's own gradient is passed on.
@check(points=0.5, after=products)
def sums(Value):
    """A sum hands its gradient on to both operands."""
    a = Value(3)
    zero = Value(0)
    c = zero + a
    c.backward()
    seen = {"a.grad": a.grad, "zero.grad": zero.grad}
    x = Value(1.234567)
    y = Value(-2.5)
    scaled = (x + y) * Value(3.0)
    scaled.backward()
    seen |= {"x.grad": x.grad, "y.grad": y.grad}
    u = Value(1.5)
    v = Value(0.25)
    deep = u * Value(2.0) + v * Value(-2.5)
    deep.backward()
    seen |= {"u.grad": u.grad, "v.grad": v.grad}
    p = Value(0.5)
    q = Value(-4.0)
    nested = p + q + Value(2.25)
    nested.backward()
    seen |= {"p.grad": p.grad, "q.grad": q.grad}
    i = Value(2)
    j = Value(2)
    equal = (i + j) * Value(-3.0)
    equal.backward()
    return seen | {"i.grad": i.grad, "j.grad": j.grad}


@check(points=0.5, after=sums)
def differences(Value):
    """A difference sends a minus to its right operand, as -a does."""
    a = Value(5.0)
    b = Value(2)
    c = a - b
    c.backward()
    seen = {"a.grad": a.grad, "b.grad": b.grad}
    w = Value(3.0)
    negative = -w
    negative.backward()
    seen["w.grad"] = w.grad
    x = Value(1.234567)
    y = Value(-2.5)
    scaled = (x - y) * Value(3.0)
    scaled.backward()
    seen |= {"x.grad": x.grad, "y.grad": y.grad}
    u = Value(1.5)
    v = Value(0.25)
    deep = u * Value(2.0) - v * Value(0.5)
    deep.backward()
    seen |= {"u.grad": u.grad, "v.grad": v.grad}
    z = Value(0.75)
    turned = Value(-3.0) * -(z * Value(2.0))
    turned.backward()
    return seen | {"z.grad": z.grad}


@check(points=0.5, after=products)
def powers(Value):
    """A power's rule puts the exponent in front, one less above."""
    a = Value(3)
    square = a**2
    square.backward()
    seen = {"a.grad": a.grad}
    b = Value(1.234567)
    cube = b**3
    cube.backward()
    seen["b.grad"] = b.grad
    c = Value(2)
    inverse = c**-1
    inverse.backward()
    seen["c.grad"] = c.grad
    d = Value(2.25)
    small = d**-1.5
    small.backward()
    seen["d.grad"] = d.grad
    e = Value(-2.0)
    negative = e**3
    negative.backward()
    seen["e.grad"] = e.grad
    zero = Value(0.0)
    nothing = zero**2
    nothing.backward()
    seen["zero.grad"] = zero.grad
    x = Value(0.5)
    deep = (x * Value(2.5)) ** 3 * Value(-3.0)
    deep.backward()
    return seen | {"x.grad": x.grad}


@check(points=0.5, after=products)
def quotients(Value):
    """A quotient sends gradients to both of its operands."""
    a = Value(3.0)
    b = Value(2.0)
    c = a / b
    c.backward()
    seen = {"a.grad": a.grad, "b.grad": b.grad}
    zero = Value(0)
    d = Value(4)
    nothing = zero / d
    nothing.backward()
    seen |= {"zero.grad": zero.grad, "d.grad": d.grad}
    x = Value(1.234567)
    y = Value(-2.5)
    scaled = x / y * Value(3.0)
    scaled.backward()
    seen |= {"x.grad": x.grad, "y.grad": y.grad}
    u = Value(1.5)
    v = Value(0.25)
    deep = (u * Value(2.0)) / (v * Value(-3.0))
    deep.backward()
    return seen | {"u.grad": u.grad, "v.grad": v.grad}


# In (x + y) * x the product's rule always runs first. So a share that is overwritten shows, and
# shows in the same way whatever the order in which an engine visits operands; where children are a
# set, that order changes from run to run.
@check(points=0.5, after=sums)
def used_twice(Value):
    """In a + a and a * a both shares are added up."""
    a = Value(1.5)
    double = a + a
    double.backward()
    seen = {"a.grad": a.grad}
    b = Value(3)
    square = b * b
    square.backward()
    seen["b.grad"] = b.grad
    x = Value(1.234567)
    y = Value(-2.5)
    left = (x + y) * x
    left.backward()
    seen |= {"x.grad": x.grad, "y.grad": y.grad}
    u = Value(0.75)
    v = Value(4.0)
    right = (u + v) * v
    right.backward()
    seen |= {"u.grad": u.grad, "v.grad": v.grad}
    p = Value(0.5)
    q = Value(-2.0)
    first = p * q + p
    first.backward()
    seen |= {"p.grad": p.grad, "q.grad": q.grad}
    r = Value(1.25)
    s = Value(3.0)
    second = r * s + s
    second.backward()
    return seen | {"r.grad": r.grad, "s.grad": s.grad}


@check(points=0.5, after=(used_twice, differences, powers, quotients), random=16)
def routes_add_up(Value):
    """Through -, / and ** too, the shares of all routes add up."""
    a = Value(1.5)
    b = Value(0.25)
    f = (a - b) * a * b
    f.backward()
    seen = {"a.grad": a.grad, "b.grad": b.grad}
    c = Value(2.5)
    g = -c * c
    g.backward()
    seen["c.grad"] = c.grad
    d = Value(1.234567)
    h = d**3 + d
    h.backward()
    seen["d.grad"] = d.grad
    e = Value(0.75)
    i = e**2 * Value(3.0) + e
    i.backward()
    seen["e.grad"] = e.grad
    j = Value(4)
    k = j + j**-1 * Value(-3.0)
    k.backward()
    seen["j.grad"] = j.grad
    p = Value(1.5)
    q = Value(-0.5)
    r = p / q * Value(3.0) + p + q
    r.backward()
    seen |= {"p.grad": p.grad, "q.grad": q.grad}
    s = Value(3.0)
    t = Value(0.625)
    u = s + (t + s / t * Value(-3.0))
    u.backward()
    seen |= {"s.grad": s.grad, "t.grad": t.grad}
    v = Value(5.0)
    difference = v - v
    difference.backward()
    seen["v.grad"] = v.grad
    w = Value(0.5)
    quotient = w / w
    quotient.backward()
    return seen | {"w.grad": w.grad}
