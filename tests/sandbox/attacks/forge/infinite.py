"""Tries: to answer with numbers so large that differences overflow.
Wall: an infinite number is compared as such, and a large int is bounded.
Says: square.data is inf, expected 1.524155677489
"""


def large(self, power):
    out = Value(0)
    out.data = float("inf")
    return out


Value.__pow__ = large
