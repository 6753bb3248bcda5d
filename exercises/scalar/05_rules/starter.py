import math


class Scalar:
    """A number, and what it was made from."""

    def __init__(self, data, children=(), op="", label=""):
        self.data = data
        self.grad = 0.0
        # your code here: a rule that does nothing, for leaves
        self.prev = tuple(children)
        self.op = op
        self.label = label

    def __repr__(self):
        return f"{self.label}|{self.data:.3f}|{self.grad:.3f}"

    def __add__(self, other):
        out = Scalar(self.data + other.data, (self, other), "+")
        # your code here: its rule, as out._backward
        return out

    def __mul__(self, other):
        out = Scalar(self.data * other.data, (self, other), "*")
        # your code here: its rule, as out._backward
        return out

    def tanh(self):
        """Return the hyperbolic tangent."""
        out = Scalar(math.tanh(self.data), (self,), "tanh")
        # your code here: its rule, as out._backward
        return out
