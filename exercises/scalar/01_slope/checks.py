"""Asks for slopes on the screen, found by difference quotients."""

from grader import prints


def parabola(x):
    """Return the function of the task."""
    return 3 * x**2 - 4 * x + 5


@prints(points=0.5, rough=True)
def slope_at_3(Scalar):
    """The slope of f at 3 is printed."""
    x = Scalar(3.0)
    y = parabola(x)
    y.backward()
    return {"the slope at 3": x.grad}


@prints(points=0.5, rough=True)
def slope_at_minus_3(Scalar):
    """The slope of f at -3 is printed."""
    x = Scalar(-3.0)
    y = parabola(x)
    y.backward()
    return {"the slope at -3": x.grad}


# A 0 is soon on a screen; it counts for those who have found another slope.
@prints(points=0.5, after=slope_at_3, rough=True)
def slope_at_two_thirds(Scalar):
    """The slope of f at 2/3 is printed."""
    x = Scalar(2 / 3)
    y = parabola(x)
    y.backward()
    return {"the slope at 2/3": x.grad}


@prints(points=0.5, rough=True)
def slope_along_c(Scalar):
    """The slope of a * b + c along c is printed."""
    a = Scalar(2.0)
    b = Scalar(-3.0)
    c = Scalar(10.0)
    d = a * b + c
    d.backward()
    return {"the slope along c": c.grad}
