"""Asks for the neuron in two forms, and for the order of the walk back that the longer one needs.

Constants are Values here: plain numbers have been asked before, and are charged there.
"""

from grader import check


@check(points=0.25)
def used_twice(Value):
    """In a + a and a * a both shares are added up."""
    a = Value(3.0)
    double = a + a
    double.backward()
    seen = {"a.grad": a.grad}
    b = Value(-1.234567)
    square = b * b
    square.backward()
    return seen | {"b.grad": b.grad}


# Chains, because this is not about what is added up, which is charged above. The first two hold no
# equal numbers: they tell this fault from a walk that ends too soon.
@check(points=0.25)
def equal_numbers(Value):
    """Two nodes that hold equal numbers stay two nodes."""
    x = Value(1.5)
    short = x * Value(-2.5) * Value(0.5)
    short.backward()
    seen = {"x.grad": x.grad}
    y = Value(-0.75)
    long = y * Value(-2.5) * Value(0.5) * Value(3.0)
    long.backward()
    seen["y.grad"] = y.grad
    a = Value(2)
    b = a * Value(2)
    c = b * Value(1)
    f = c * Value(3)
    f.backward()
    seen["a.grad"] = a.grad
    p = Value(0)
    q = p * Value(-2.5)
    r = q + Value(0)
    g = r * Value(0.5)
    g.backward()
    return seen | {"p.grad": p.grad}


# In the diamond f and a * b are both -6, and so are two nodes of the neuron: `equal_numbers` comes
# before both.
@check(points=0.25, after=(used_twice, equal_numbers))
def diamond(Value):
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


# Where children are a set, the order in which an engine visits them changes from run to run. The
# next two graphs show a wrong order of the walk whichever child comes first: one to who walks in
# depth, the other to who walks level by level.
@check(points=0.5, after=diamond)
def waits_for_all(Value):
    """A node passes its gradient on when all of it has arrived."""
    a = Value(0.5)
    b = a * Value(3.0)
    c = b + Value(0.25)
    d = b + Value(0.25)
    f = c * d
    f.backward()
    return {"a.grad": a.grad}


@check(points=0.5, after=waits_for_all)
def longest_route(Value):
    """A node waits for its longest route to the result."""
    a = Value(0.75)
    b = a * Value(-3.0)
    f = (b + Value(5.0)) * Value(0.25) * Value(1.5) * b
    f.backward()
    seen = {"a.grad": a.grad}
    p = Value(1.234567)
    q = Value(3.0) * p
    g = q * (Value(0.5) * (Value(-2.0) * (Value(0.25) + q)))
    g.backward()
    return seen | {"p.grad": p.grad}


@check(points=0.25)
def second_graph(Value):
    """A second graph over the same leaf starts afresh."""
    a = Value(2.5)
    first = a * a
    first.backward()
    a.grad = 0.0
    second = a * Value(3.5)
    second.backward()
    return {"a.grad": a.grad}


@check(points=0.5, after=equal_numbers)
def neuron_by_tanh(Value):
    """The neuron by tanh: its output, and five gradients."""
    x1 = Value(2.0)
    x2 = Value(0.0)
    w1 = Value(-3.0)
    w2 = Value(1.0)
    b = Value(6.8813735870195432)
    n = x1 * w1 + x2 * w2 + b
    o = n.tanh()
    o.backward()
    return {
        "o.data": o.data,
        "x1.grad": x1.grad,
        "x2.grad": x2.grad,
        "w1.grad": w1.grad,
        "w2.grad": w2.grad,
        "b.grad": b.grad,
    }


@check(points=0.5, after=(neuron_by_tanh, longest_route), random=16)
def neuron_by_exp(Value):
    """The neuron by exp: the same output, the same gradients."""
    x1 = Value(2.0)
    x2 = Value(0.0)
    w1 = Value(-3.0)
    w2 = Value(1.0)
    b = Value(6.8813735870195432)
    n = x1 * w1 + x2 * w2 + b
    e = (Value(2.0) * n).exp()
    o = (e - Value(1.0)) / (e + Value(1.0))
    o.backward()
    return {
        "e.data": e.data,
        "o.data": o.data,
        "x1.grad": x1.grad,
        "x2.grad": x2.grad,
        "w1.grad": w1.grad,
        "w2.grad": w2.grad,
        "b.grad": b.grad,
    }
