"""Asks what a drawing of a graph shows, and whether a node knows that its gradient was set."""

from grader import check, drawing_of, is_updated


@check(points=0.25)
def the_way_there(Scalar, draw_dot):
    """draw_dot(o, show_backprop=False) draws every edge once."""
    a = Scalar(2.0)
    b = Scalar(-3.0)
    c = Scalar(10.0)
    d = a * b
    e = d + c
    o = e.tanh()
    o.backward()
    return {"draw_dot(o)": drawing_of(draw_dot(o, show_backprop=False))}


@check(points=0.5, after=the_way_there)
def the_way_back(Scalar, draw_dot):
    """With show_backprop the edges of gradients are drawn, too."""
    a = Scalar(-2.0)
    b = Scalar(3.0)
    d = a * b
    e = a + b
    o = d * e
    o.backward()
    seen = {"draw_dot(o)": drawing_of(draw_dot(o, show_backprop=True))}
    p = Scalar(2.0)
    q = Scalar(-3.0)
    zero = Scalar(0.0)
    r = p * q
    s = r * zero
    s.backward()
    seen["draw_dot(s)"] = drawing_of(draw_dot(s, show_backprop=True))
    x = Scalar(2.0)
    y = Scalar(5.0)
    z = x + y
    return seen | {"draw_dot(z)": drawing_of(draw_dot(z, show_backprop=True))}


@check(points=0.25)
def gradients_that_were_set(Scalar):
    """A node knows whether its gradient has been set."""
    a = Scalar(2.0)
    b = Scalar(-3.0)
    c = a * b
    before = is_updated(a)
    c.backward()
    return {"before: a": before, "after: a": is_updated(a), "after: c": is_updated(c)}
