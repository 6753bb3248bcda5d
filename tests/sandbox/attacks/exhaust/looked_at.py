"""Tries: to keep busy whoever looks at its variables after it has run.
Wall: a deadline in the grader, which kills.
Says: did not come to an end: stopped after | square.data is 7.0
"""


class Meta(type):
    def __getattribute__(cls, name):
        while True:
            pass


class Endless:
    @property
    def __class__(self):
        while True:
            pass


Another = Meta("Another", (), {})
endless = Endless()
