"""Tries: to hold as its number an object that is equal to everything.
Wall: what is no number is named as what it is; nobody outside calls its methods.
Says: square.data is an Always, expected 1.524155677489
"""


class Always:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    __lt__ = __le__ = __gt__ = __ge__ = __eq__
    def __hash__(self): return 0
    def __float__(self): return 1.524155677489
    def __bool__(self): return True
    def __abs__(self): return 0
    def __getattr__(self, name): return self
    def __call__(self, *_): return self
    def __add__(self, _): return self
    __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __pow__ = __neg__ = __add__


class Value:
    def __init__(self, data, *_):
        self.data = self.grad = Always()
        self._prev = set()
    def __add__(self, _): return Value(0)
    __sub__ = __mul__ = __pow__ = __add__
    def __neg__(self): return self
    def backward(self): pass
