"""Tries: to hold a float whose methods lie: hex, repr, comparison, as_integer_ratio.
Wall: a float is sent as the number that it is, by float's own hex.
Says: square.data is 7.0, expected 1.524155677489
"""


class Lie(float):
    def __eq__(self, _): return True
    def __float__(self): return 1.524155677489
    def __repr__(self): return "1.524155677489"
    def hex(self): return "0x1.862f10e4f4d9dp+0"
    def as_integer_ratio(self): return (1, 1)
    __hash__ = float.__hash__


def lie(self, power):
    out = Value(0)
    out.data = Lie(7.0)
    return out


Value.__pow__ = lie
