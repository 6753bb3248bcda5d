"""Asks for the numbers that each operation gives."""

from grader import check, is_a


@check(points=0.5)
def sums(Value):
    """The sum of two Values holds the sum of their numbers."""
    a = Value(2.0)
    b = Value(-3.0)
    c = a + b
    seen = {"c.data": c.data}
    p = Value(-1.234567)
    zero = Value(0)
    q = p + zero
    seen["q.data"] = q.data
    twice = Value(2) + Value(2)
    return seen | {"twice.data": twice.data}


@check(points=0.5)
def products(Value):
    """The product of two Values holds the product of their numbers."""
    a = Value(2.0)
    b = Value(-3.0)
    c = a * b
    seen = {"c.data": c.data}
    p = Value(-1.234567)
    zero = Value(0)
    q = p * zero
    seen["q.data"] = q.data
    square = Value(3) * Value(3)
    return seen | {"square.data": square.data}


@check(points=0.5)
def differences(Value):
    """-a and a - b hold the right numbers."""
    a = Value(5.0)
    b = -a
    seen = {"b.data": b.data}
    c = Value(2)
    d = a - c
    seen["d.data"] = d.data
    p = Value(-1.234567)
    q = -p
    seen["q.data"] = q.data
    zero = Value(0)
    r = zero - p
    return seen | {"r.data": r.data}


@check(points=0.5)
def quotients(Value):
    """a / b is the left number divided by the right one."""
    a = Value(2.0)
    b = Value(4.0)
    c = a / b
    seen = {"c.data": c.data}
    third = Value(1) / Value(3)
    seen["third.data"] = third.data
    p = Value(-1.234567)
    q = p / a
    seen["q.data"] = q.data
    zero = Value(0)
    r = zero / b
    return seen | {"r.data": r.data}


@check(points=0.5)
def powers(Value):
    """a ** n takes an int or a float, negative ones too."""
    square = Value(1.234567) ** 2
    seen = {"square.data": square.data}
    cube = Value(-2) ** 3
    seen["cube.data"] = cube.data
    inverse = Value(4) ** -1
    seen["inverse.data"] = inverse.data
    root = Value(2.25) ** 0.5
    seen["root.data"] = root.data
    small = Value(2.25) ** -1.5
    seen["small.data"] = small.data
    nothing = Value(0.0) ** 2
    return seen | {"nothing.data": nothing.data}


@check(points=0.5, after=(sums, products, differences, quotients, powers))
def results_are_new_values(Value):
    """Results are Values, and the operands do not change."""
    a = Value(2.0)
    b = Value(-3.0)
    added = a + b
    multiplied = a * b
    negative = -a
    subtracted = a - b
    divided = a / b
    raised = a**2
    return {
        "isinstance(added, Value)": is_a(added, Value),
        "isinstance(multiplied, Value)": is_a(multiplied, Value),
        "isinstance(negative, Value)": is_a(negative, Value),
        "isinstance(subtracted, Value)": is_a(subtracted, Value),
        "isinstance(divided, Value)": is_a(divided, Value),
        "isinstance(raised, Value)": is_a(raised, Value),
        "a.data": a.data,
        "b.data": b.data,
    }
