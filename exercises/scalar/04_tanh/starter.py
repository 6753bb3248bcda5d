import math


class Scalar:
    """A number, and what it was made from."""

    def __init__(self, data, children=(), op="", label=""):
        self.data = data
        self.grad = 0.0
        self.prev = tuple(children)
        self.op = op
        self.label = label

    def __repr__(self):
        return f"{self.label}|{self.data:.3f}|{self.grad:.3f}"

    def __add__(self, other):
        return Scalar(self.data + other.data, (self, other), "+")

    def __mul__(self, other):
        return Scalar(self.data * other.data, (self, other), "*")

    def tanh(self):
        """Return the hyperbolic tangent."""
        # your code here
        return None


# %% A neuron
# your code here: x1, x2, w1, w2, b, n and o

# %% Its gradients, by hand
# your code here
