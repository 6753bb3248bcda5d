"""Asks for sums and products of Values."""

from grader import check, is_a


@check(points=1)
def addition(Value):
    """The sum of two Values holds the sum of their numbers."""
    a = Value(2.0)
    b = Value(3.0)
    c = a + b
    p = Value(-1.234567)
    zero = Value(0)
    q = p + zero
    twice = Value(2) + Value(2)
    return {"c.data": c.data, "q.data": q.data, "twice.data": twice.data}


@check(points=1)
def multiplication(Value):
    """The product of two Values holds the product of their numbers."""
    a = Value(2.0)
    b = Value(-3.0)
    c = a * b
    p = Value(-1.234567)
    zero = Value(0)
    q = p * zero
    square = Value(3) * Value(3)
    return {"c.data": c.data, "q.data": q.data, "square.data": square.data}


@check(points=1, after=(addition, multiplication))
def results_are_new_values(Value):
    """Results are Values, and the operands do not change."""
    a = Value(2.0)
    b = Value(-3.0)
    c = a + b
    d = a * b
    return {
        "isinstance(c, Value)": is_a(c, Value),
        "isinstance(d, Value)": is_a(d, Value),
        "a.data": a.data,
        "b.data": b.data,
    }


@check(points=1, after=(addition, multiplication))
def line(Value):
    """f(x) = 2x + 7 can be built from Values."""
    x = Value(4.0)
    f = Value(2.0) * x + Value(7.0)
    t = Value(-0.123457)
    g = Value(7.0) + t * Value(2.0)
    return {"f.data": f.data, "g.data": g.data}
