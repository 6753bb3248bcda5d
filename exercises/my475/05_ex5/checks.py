"""Asks whether a Value remembers its operands."""

from grader import check, children_of


@check(points=1)
def results_remember_operands(Value):
    """The children of a result are its operands themselves."""
    a = Value(2)
    b = Value(2)
    c = a + b
    d = a * b
    e = c * d
    f = Value(0) + e
    g = b + b
    return {
        "children of c": children_of(c),
        "children of d": children_of(d),
        "children of e": children_of(e),
        "children of f": children_of(f),
        "children of g": children_of(g),
    }


@check(points=1, after=results_remember_operands)
def leaves_have_no_children(Value):
    """A Value that was not computed has no children."""
    a = Value(2.0)
    b = Value(3.0)
    c = a + b
    d = a * c
    e = Value(0.0)
    return {
        "children of a": children_of(a),
        "children of b": children_of(b),
        "children of e": children_of(e),
        "children of d": children_of(d),
    }
