"""Asks what the variables of a small graph hold: gradients found by hand, and a step."""

from grader import holds


@holds(points=1)
def with_b_14(Value):
    """w, x, b, f and h hold the numbers of the task."""
    w = Value(4.0)
    x = Value(-3.0)
    b = Value(14.0)
    f = w * x + b
    h = f.relu()
    return {
        "w.data": w.data,
        "x.data": x.data,
        "b.data": b.data,
        "f.data": f.data,
        "h.data": h.data,
    }


@holds(points=2, after=with_b_14)
def gradients_by_hand(Value):
    """w, x and b hold the slopes of h along each of them."""
    w = Value(4.0)
    x = Value(-3.0)
    b = Value(14.0)
    f = w * x + b
    h = f.relu()
    h.backward()
    return {"w.grad": w.grad, "x.grad": x.grad, "b.grad": b.grad}


@holds(points=1, after=gradients_by_hand)
def step_down(Value):
    """After a step of 0.01 for w and b, h is a little lower."""
    w = Value(4.0)
    x = Value(-3.0)
    b = Value(14.0)
    f = w * x + b
    h = f.relu()
    h.backward()
    w.data -= 0.01 * w.grad
    b.data -= 0.01 * b.grad
    f = w * x + b
    h = f.relu()
    return {"w.data": w.data, "b.data": b.data, "h.data": h.data}
