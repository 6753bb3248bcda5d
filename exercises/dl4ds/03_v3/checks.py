"""Asks `backward()` for gradients: of a neuron, after a step, over two passes, of shared nodes."""

from grader import advisory, check


def neuron(x1, x2, w1, w2, b):
    """Return the output of a neuron with two inputs."""
    return (x1 * w1 + x2 * w2 + b).relu()


@check(points=1.5)
def gradients_of_a_neuron(Value):
    """backward() gives inputs, weights and bias their gradients."""
    x1 = Value(2.0)
    x2 = Value(0.0)
    w1 = Value(-3.0)
    w2 = Value(1.0)
    b = Value(6.8813735870195432)
    o = neuron(x1, x2, w1, w2, b)
    o.backward()
    seen = {
        "o.data": o.data,
        "b.grad": b.grad,
        "w1.grad": w1.grad,
        "w2.grad": w2.grad,
        "x1.grad": x1.grad,
        "x2.grad": x2.grad,
    }
    p = Value(0.5)
    q = Value(1.5)
    other = neuron(p, q, Value(2.5), Value(-0.25), Value(1.0))
    other.backward()
    return seen | {"p.grad": p.grad, "q.grad": q.grad}


@check(points=0.5, after=gradients_of_a_neuron)
def a_silent_neuron(Value):
    """Nothing gets back through a relu that is shut."""
    x1 = Value(2)
    x2 = Value(0.5)
    w1 = Value(-3)
    w2 = Value(1.234567)
    b = Value(1.0)
    o = neuron(x1, x2, w1, w2, b)
    o.backward()
    seen = {"o.data": o.data, "b.grad": b.grad, "w1.grad": w1.grad, "x2.grad": x2.grad}
    p = Value(-1.5)
    q = Value(2.5)
    r = p.relu() * Value(3.0) + q.relu() * Value(-2.5)
    r.backward()
    return seen | {"p.grad": p.grad, "q.grad": q.grad}


@check(points=0.5, after=gradients_of_a_neuron)
def a_step_down(Value):
    """A step of 0.01 against the gradient lowers the output."""
    x1 = Value(2.0)
    x2 = Value(0.0)
    w1 = Value(-3.0)
    w2 = Value(1.0)
    b = Value(6.8813735870195432)
    o = neuron(x1, x2, w1, w2, b)
    o.backward()
    w1.data -= 0.01 * w1.grad
    w2.data -= 0.01 * w2.grad
    b.data -= 0.01 * b.grad
    lower = neuron(x1, x2, w1, w2, b)
    return {"lower.data": lower.data}


@check(points=1, after=a_step_down)
def passes_add_up(Value):
    """A second pass adds to the gradients of the first."""
    x1 = Value(2.0)
    x2 = Value(0.0)
    w1 = Value(-3.0)
    w2 = Value(1.0)
    b = Value(6.8813735870195432)
    o = neuron(x1, x2, w1, w2, b)
    o.backward()
    w1.data -= 0.01 * w1.grad
    w2.data -= 0.01 * w2.grad
    b.data -= 0.01 * b.grad
    lower = neuron(x1, x2, w1, w2, b)
    lower.backward()
    return {"x1.grad": x1.grad, "w1.grad": w1.grad, "w2.grad": w2.grad, "b.grad": b.grad}


# In (a + b) * a the product's rule runs first, so an overwritten share shows in any order of edges.
@check(points=1.5, after=gradients_of_a_neuron, random=16, layouts=4)
def shared_nodes(Value):
    """A node that is used twice gets both shares, in any graph."""
    a = Value(3.0)
    b = a + a
    b.backward()
    seen = {"a.grad": a.grad}
    s = Value(3)
    square = s * s
    square.backward()
    seen["s.grad"] = s.grad
    i = Value(2)
    j = Value(2)
    equal = (i + j) * i
    equal.backward()
    seen |= {"i.grad": i.grad, "j.grad": j.grad}
    p = Value(-2.0)
    q = Value(3.0)
    d = p * q
    e = p + q
    f = d * e
    f.backward()
    seen |= {"p.grad": p.grad, "q.grad": q.grad}
    c = Value(1.234567)
    twice = c + c
    four = twice + twice
    four.backward()
    seen["c.grad"] = c.grad
    u = Value(1.5)
    v = Value(0.25)
    left = (u + v) * u
    left.backward()
    seen |= {"u.grad": u.grad, "v.grad": v.grad}
    g = Value(0.75)
    h = g.relu() * Value(3.0) + g
    h.backward()
    seen["g.grad"] = g.grad
    m = Value(1.7)
    n = m * Value(3.0)
    k = (n + m) * n
    k.backward()
    return seen | {"m.grad": m.grad}


@advisory(
    says=(
        "a second backward() on one and the same graph adds again, also to what its inner nodes "
        "still hold: build the graph anew for each pass"
    ),
    when="agrees",
)
def two_passes_over_one_graph(Value):
    """Asks what two passes over one product add up to."""
    a = Value(2.0)
    b = Value(5.0)
    c = a * b
    c.backward()
    c.backward()
    return {"a.grad": a.grad, "b.grad": b.grad}
