"""Tries: to raise an error whose type, text and traceback raise in turn.
Wall: a driver that cannot go on ends; who does not answer has no points.
Says: its process ended by itself, with exit status 1
"""


class Meta(type):
    __name__ = property(lambda _: 1 / 0)


class Weird(BaseException, metaclass=Meta):
    def __str__(self):
        raise self
    __repr__ = __str__
    @property
    def __traceback__(self):
        raise self
    @property
    def __class__(self):
        raise self


raise Weird
