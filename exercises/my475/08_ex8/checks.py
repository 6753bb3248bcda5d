"""Asks what the variables of one prediction hold, and how they hang together."""

from grader import children_of, holds


@holds(points=1)
def four_numbers(Value):
    """x, y, w and b are Values with the numbers of the task."""
    x = Value(1.0)
    y = Value(2.0)
    w = Value(0.0)
    b = Value(0.0)
    return {"x.data": x.data, "y.data": y.data, "w.data": w.data, "b.data": b.data}


@holds(points=1, after=four_numbers, by_engine=True)
def prediction(Value):
    """a is made from x and w, y_pred from a and b."""
    x = Value(1.0)
    w = Value(0.0)
    b = Value(0.0)
    a = x * w
    y_pred = a + b
    return {
        "a.data": a.data,
        "y_pred.data": y_pred.data,
        "children of a": children_of(a),
        "children of y_pred": children_of(y_pred),
    }
