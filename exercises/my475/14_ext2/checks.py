"""Asks for tanh, for numbers beside Values, and for a network that learns."""

from grader import check, descends


@check(points=1)
def tanh_values(Value):
    """tanh gives the hyperbolic tangent."""
    a = Value(0.4).tanh()
    b = Value(1).tanh()
    c = Value(-1.234567).tanh()
    d = Value(2.5).tanh()
    zero = Value(0.0).tanh()
    return {
        "a.data": a.data,
        "b.data": b.data,
        "c.data": c.data,
        "d.data": d.data,
        "zero.data": zero.data,
    }


@check(points=1, after=tanh_values)
def tanh_gradients(Value):
    """The slope of tanh is one minus its result squared."""
    a = Value(0.4)
    t = a.tanh()
    t.backward()
    seen = {"a.grad": a.grad}
    zero = Value(0.0)
    flat = zero.tanh()
    flat.backward()
    seen["zero.grad"] = zero.grad
    u = Value(-0.75)
    deep = Value(-3.0) * (u * Value(2.0)).tanh()
    deep.backward()
    seen["u.grad"] = u.grad
    x = Value(0.5)
    both = x * Value(2.5) + x.tanh() * Value(3.0)
    both.backward()
    return seen | {"x.grad": x.grad}


@check(points=1)
def numbers_on_both_sides(Value):
    """Plain numbers may stand on both sides of +, - and *."""
    a = Value(1.5)
    b = a + 2
    c = 2 + a
    d = a - 0.25
    e = 0.25 - a
    f = a * -3
    g = -3 * a
    return {
        "b.data": b.data,
        "c.data": c.data,
        "d.data": d.data,
        "e.data": e.data,
        "f.data": f.data,
        "g.data": g.data,
    }


@check(points=1, after=(tanh_gradients, numbers_on_both_sides), random=16)
def numbers_inside(Value):
    """Gradients get past plain numbers, and sum() adds Values."""
    a = Value(1.5)
    f = 2 * (1 - a) * 3 + (a - 2) * a
    f.backward()
    seen = {"f.data": f.data, "a.grad": a.grad}
    b = Value(0.5)
    c = Value(-2)
    d = Value(3.25)
    total = sum([b, c, d, b * c])
    total.backward()
    return seen | {"total.data": total.data, "b.grad": b.grad, "c.grad": c.grad, "d.grad": d.grad}


@check(points=1, after=numbers_inside)
def neuron(Value):
    """A neuron with two inputs has the right output and gradients."""
    x1 = Value(2)
    x2 = Value(0)
    w1 = Value(-3)
    w2 = Value(1)
    out = (x1 * w1 + x2 * w2 + 6.8813735870195432).tanh()
    out.backward()
    return {
        "out.data": out.data,
        "x1.grad": x1.grad,
        "w1.grad": w1.grad,
        "x2.grad": x2.grad,
        "w2.grad": w2.grad,
    }


@descends(points=3, parameters=5, steps=10)
def own_network():
    """Your own network learns by gradient descent."""
