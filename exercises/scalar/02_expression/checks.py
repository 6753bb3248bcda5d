"""Asks what a Scalar holds, and what it remembers of how it was made."""

from grader import check, children_of, label_of, operation_of


@check(points=1)
def values(Scalar):
    """Sums and products hold the right numbers."""
    a = Scalar(2.0)
    b = Scalar(-3.0)
    c = Scalar(10.0)
    f = Scalar(-2.0)
    d = a * b
    e = d + c
    o = e * f
    seen = {"d.data": d.data, "e.data": e.data, "o.data": o.data}
    p = Scalar(-1.234567)
    zero = Scalar(0)
    q = p * zero + p
    seen["q.data"] = q.data
    twice = Scalar(2) + Scalar(2)
    return seen | {"twice.data": twice.data, "a.data": a.data}


@check(points=1, after=values)
def children(Scalar):
    """A result knows the Scalars that it was made from."""
    a = Scalar(2.0)
    b = Scalar(-3.0)
    c = Scalar(10.0)
    d = a * b
    e = d + c
    return {
        "children of d": children_of(d),
        "children of e": children_of(e),
        "children of a": children_of(a),
    }


@check(points=0.5, after=values)
def operations(Scalar):
    """A result knows its operation: + or *."""
    a = Scalar(2.0)
    b = Scalar(-3.0)
    d = a * b
    e = d + a
    return {
        "operation of d": operation_of(d),
        "operation of e": operation_of(e),
    }


@check(points=0.5)
def labels(Scalar):
    """A Scalar takes a label, when it is made or later."""
    a = Scalar(2.0, label="a")
    b = Scalar(-3.0, label="b")
    d = a * b
    d.label = "d"
    return {"label of a": label_of(a), "label of b": label_of(b), "label of d": label_of(d)}
