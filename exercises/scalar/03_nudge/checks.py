"""Asks for gradients by hand in the variables, for a nudge along them, and for one by numbers."""

from grader import holds, prints


@holds(points=1.5)
def gradients_by_hand(Scalar):
    """Every node holds the slope of o along it."""
    a = Scalar(2.0)
    b = Scalar(-3.0)
    c = Scalar(10.0)
    f = Scalar(-2.0)
    d = a * b
    e = d + c
    o = e * f
    o.backward()
    return {
        "o.data": o.data,
        "f.grad": f.grad,
        "e.grad": e.grad,
        "c.grad": c.grad,
        "d.grad": d.grad,
        "a.grad": a.grad,
        "b.grad": b.grad,
    }


@holds(points=1, after=gradients_by_hand)
def a_nudge_up(Scalar):
    """A nudge of 0.01 along the gradient raises o."""
    a = Scalar(2.0)
    b = Scalar(-3.0)
    c = Scalar(10.0)
    f = Scalar(-2.0)
    o = (a * b + c) * f
    o.backward()
    a.data += 0.01 * a.grad
    b.data += 0.01 * b.grad
    c.data += 0.01 * c.grad
    f.data += 0.01 * f.grad
    o = (a * b + c) * f
    return {
        "a.data": a.data,
        "b.data": b.data,
        "c.data": c.data,
        "f.data": f.data,
        "o.data": o.data,
    }


@prints(points=0.5, rough=True)
def slope_along_b(Scalar):
    """A difference quotient shows the slope of o along b."""
    a = Scalar(2.0)
    b = Scalar(-3.0)
    c = Scalar(10.0)
    f = Scalar(-2.0)
    o = (a * b + c) * f
    o.backward()
    return {"the slope along b": b.grad}
