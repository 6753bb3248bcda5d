"""Asks whether a Value keeps its number and shows it."""

from grader import check, text_of


@check(points=1)
def keeps_its_number(Value):
    """A Value keeps its number in data."""
    a = Value(3.5)
    b = Value(-2)
    c = Value(0)
    d = Value(2.718281828)
    e = Value(1234567.5)
    return {
        "a.data": a.data,
        "b.data": b.data,
        "c.data": c.data,
        "d.data": d.data,
        "e.data": e.data,
    }


@check(points=1)
def shows_its_number(Value):
    """The repr of a Value is a string with its number in it."""
    a = Value(3.5)
    b = Value(-12.25)
    return {"repr(a)": text_of(a), "repr(b)": text_of(b)}
