"""Tries: to say by __class__ that its object is a float.
Wall: the type itself is looked at, not what an object says of it.
Says: square.data is a Foo, expected 1.524155677489
"""


class Foo:
    __class__ = float
    def __float__(self): return 1.524155677489
    def hex(self): return "0x1.862f10e4f4d9dp+0"


def lie(self, power):
    out = Value(0)
    out.data = Foo()
    return out


Value.__pow__ = lie
