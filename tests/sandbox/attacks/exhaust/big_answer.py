"""Tries: to answer with an integer of a million digits.
Wall: an integer is bounded in the child.
Says: did not come to an end: stopped after | expected 1.524155677489
"""


def large(self, power):
    out = Value(0)
    out.data = 10**1_000_000
    return out


Value.__pow__ = large
