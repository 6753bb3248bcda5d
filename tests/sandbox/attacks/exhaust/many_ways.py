"""Tries: to keep a survey busy: hundreds of functions and methods, none of which comes to an end.
Wall: a survey is bounded in number, and has a turn of its own; where that ends, nothing is found.
Says: expected 1.524155677489 | raises AttributeError
"""


class Value:
    def __init__(self, amount): self.amount, self.slope = amount, 0.0
    def __add__(self, other): return Value(self.amount + other.amount)
    def __mul__(self, other): return Value(self.amount * other.amount)
    __sub__ = __pow__ = __add__
    def __neg__(self): return self


def endless(root):
    while True:
        try:
            while True: pass
        except BaseException: pass


for number in range(500):
    globals()[f"backward_{number}"] = endless
    setattr(Value, f"propagate_{number}", endless)
