"""Asks what a graph of Values holds, and what each node remembers of how it was made."""

from grader import check, children_of, graph_of, label_of, operation_of


@check(points=1)
def forward(Value):
    """Sums, products and relu hold the right numbers."""
    w = Value(4.0)
    x = Value(-3.0)
    b = Value(8.0)
    f = w * x + b
    h = f.relu()
    seen = {"f.data": f.data, "h.data": h.data}
    higher = Value(14)
    open_ = (w * x + higher).relu()
    seen["open_.data"] = open_.data
    p = Value(-1.234567)
    zero = Value(0)
    q = p * zero + p
    seen["q.data"] = q.data
    twice = Value(2) + Value(2)
    return seen | {"twice.data": twice.data, "w.data": w.data}


@check(points=1, after=forward)
def children(Value):
    """A result knows the nodes that it was made from."""
    w = Value(4.0)
    x = Value(-3.0)
    b = Value(8.0)
    wx = w * x
    f = wx + b
    h = f.relu()
    return {
        "children of wx": children_of(wx),
        "children of f": children_of(f),
        "children of h": children_of(h),
        "children of w": children_of(w),
    }


@check(points=0.5, after=forward)
def operations(Value):
    """A result knows its operation: +, * or relu."""
    w = Value(4.0)
    x = Value(-3.0)
    wx = w * x
    f = wx + w
    h = f.relu()
    return {
        "operation of wx": operation_of(wx),
        "operation of f": operation_of(f),
        "operation of h": operation_of(h),
        "operation of w": operation_of(w),
    }


@check(points=0.5)
def labels(Value):
    """A Value takes a label, when it is made or later."""
    w = Value(4.0, label="w")
    x = Value(-3.0, label="x")
    wx = w * x
    wx.label = "wx"
    return {
        "label of w": label_of(w),
        "label of x": label_of(x),
        "label of wx": label_of(wx),
    }


@check(points=1, after=children)
def traced(Value, trace):
    """trace gives every node once, and every edge."""
    w = Value(4.0)
    x = Value(-3.0)
    b = Value(8.0)
    wx = w * x
    f = wx + b
    h = f.relu()
    seen = {"trace(h)": graph_of(trace(h))}
    a = Value(2.0)
    c = Value(2.0)
    d = a * c
    e = a + c
    g = d * e
    seen["trace(g)"] = graph_of(trace(g))
    return seen | {"trace(a)": graph_of(trace(a))}
