"""Asks for differences and powers, and for their gradients."""

from grader import advisory, check, children_of


@check(points=1)
def power_values(Value):
    """A power holds the right number."""
    square = Value(1.234567) ** 2
    cube = Value(2) ** 3
    inverse = Value(4.0) ** -1
    root = Value(2.25) ** 0.5
    negative = Value(-2.0) ** 3
    nothing = Value(0.0) ** 2
    return {
        "square.data": square.data,
        "cube.data": cube.data,
        "inverse.data": inverse.data,
        "root.data": root.data,
        "negative.data": negative.data,
        "nothing.data": nothing.data,
    }


@check(points=1, after=power_values)
def squared_error(Value):
    """The error is a difference, and its square is the loss."""
    y_pred = Value(0)
    y = Value(2)
    err = y_pred - y
    loss = err**2
    guess = Value(1.234567)
    truth = Value(-0.5)
    miss = guess - truth
    cost = miss**2
    return {
        "err.data": err.data,
        "loss.data": loss.data,
        "miss.data": miss.data,
        "cost.data": cost.data,
    }


@check(points=1)
def minus_gradients(Value):
    """Subtraction sends a minus to its right operand."""
    u = Value(5.0)
    v = Value(2.0)
    d = u - v
    d.backward()
    seen = {"u.grad": u.grad, "v.grad": v.grad}
    w = Value(3)
    n = -w
    n.backward()
    seen |= {"n.data": n.data, "w.grad": w.grad}
    x = Value(0.0)
    s = x - x
    s.backward()
    seen["x.grad"] = x.grad
    p = Value(0.5)
    q = Value(2.0)
    scaled = (p - q) * Value(2.5)
    scaled.backward()
    return seen | {"p.grad": p.grad, "q.grad": q.grad}


@check(points=1, after=power_values)
def power_gradients(Value):
    """A power's rule puts the exponent in front, one less above."""
    a = Value(3)
    square = a**2
    square.backward()
    seen = {"a.grad": a.grad}
    b = Value(1.234567)
    cube = b**3
    cube.backward()
    seen["b.grad"] = b.grad
    c = Value(2.0)
    inverse = c**-1
    inverse.backward()
    seen["c.grad"] = c.grad
    d = Value(2.25)
    root = d**0.5
    root.backward()
    seen["d.grad"] = d.grad
    e = Value(-2.0)
    negative = e**3
    negative.backward()
    seen["e.grad"] = e.grad
    zero = Value(0.0)
    nothing = zero**2
    nothing.backward()
    return seen | {"zero.grad": zero.grad}


@check(points=1, after=(minus_gradients, power_gradients), random=16)
def inside_expressions(Value):
    """Gradients reach through differences and powers."""
    a = Value(1.5)
    b = Value(-0.5)
    f = Value(3.0) * (a - b) ** 2
    f.backward()
    seen = {"a.grad": a.grad, "b.grad": b.grad}
    x = Value(2.0)
    g = Value(3.0) * x**3 + x**2
    g.backward()
    seen["x.grad"] = x.grad
    u = Value(0.123457)
    v = Value(2)
    h = v * Value(2.5) + Value(-3.0) * (u - v)
    h.backward()
    seen |= {"u.grad": u.grad, "v.grad": v.grad}
    w = Value(4)
    k = w * Value(2.5) + Value(3.0) * (-w)
    k.backward()
    return seen | {"w.grad": w.grad}


@advisory(
    says=(
        "** with a Value as exponent: the exponent's own gradient is wrong, the factor ln x"
        " belongs to it; the exercise does not ask for it"
    ),
    when="differs",
)
def gradient_of_exponent(Value):
    """Asks for the gradient of an exponent that is a Value."""
    base = Value(2.0)
    exponent = Value(3.0)
    power = base**exponent
    power.backward()
    return {"exponent.grad": exponent.grad}


@advisory(
    says=(
        "a - b is built as a + (-b): the elegant way,"
        " because two rules that exist do the work and a third need not be written"
    ),
    when="agrees",
)
def subtraction_is_composed(Value):
    """Asks what a difference was made from."""
    a = Value(5.0)
    b = Value(2.0)
    c = a - b
    return {"children of c": children_of(c)}
