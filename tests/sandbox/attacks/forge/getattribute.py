"""Tries: to answer any question about any attribute, by __getattribute__.
Wall: what is no number is named as what it is.
Says: expected 1.524155677489
"""


class Yes:
    def __getattribute__(self, name): return 1.0
    def __call__(self, *_): return 1.0


class Value:
    def __init__(self, *_): pass
    def __getattribute__(self, name): return 7.0
    def __add__(self, _): return self
    __sub__ = __mul__ = __pow__ = __add__
    def __neg__(self): return self
