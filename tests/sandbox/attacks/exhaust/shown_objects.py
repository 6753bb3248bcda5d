"""Tries: to have its error's text computed without end.
Wall: a deadline stands while an error is told.
Says: did not come to an end: stopped after | raises Slow
Limits: load_s=0.1
"""


class Slow(Exception):
    def __str__(self):
        while True:
            pass
    __repr__ = __str__


raise Slow
