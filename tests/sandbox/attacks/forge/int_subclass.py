"""Tries: to hold an int whose index, str and format lie.
Wall: an int is sent as the number that it is.
Says: square.data is a Lie, expected 1.524155677489
"""


class Lie(int):
    def __eq__(self, _): return True
    def __index__(self): return 1
    def __str__(self): return "1.524155677489"
    __repr__ = __format__ = __str__
    def __float__(self): return 1.524155677489
    __hash__ = int.__hash__


def lie(self, power):
    out = Value(0)
    out.data = Lie(7)
    return out


Value.__pow__ = lie
