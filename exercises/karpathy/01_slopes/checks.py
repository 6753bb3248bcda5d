"""Asks for the slopes of a surface: by hand, and by two kinds of quotients."""

from grader import check, holds, numbers_of


@holds(points=1, inside="by_hand")
def slopes_by_hand(Value):
    """The three slopes are worked out by hand."""
    a, b, c = Value(1.5), Value(-2.5), Value(0.75)
    height = a * b + b * c**3 - a * c
    height.backward()
    return {"a": a.grad, "b": b.grad, "c": c.grad}


@check(points=1)
def forward_quotients(forward):
    """Forward quotients go from here to h further, over h."""
    wide = forward(1.5, -2.5, 0.75, 0.125)
    near = forward(-0.5, 1.25, 2.0, 0.01)
    return {"with a wide step": numbers_of(wide), "with a small one": numbers_of(near)}


@check(points=1)
def central_quotients(central):
    """Central quotients go from h before to h behind, over both."""
    wide = central(1.5, -2.5, 0.75, 0.125)
    near = central(-0.5, 1.25, 2.0, 0.01)
    return {"with a wide step": numbers_of(wide), "with a small one": numbers_of(near)}
