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


# %% An expression
a = Scalar(2.0, label="a")
b = Scalar(-3.0, label="b")
c = Scalar(10.0, label="c")
f = Scalar(-2.0, label="f")
d = a * b
d.label = "d"
e = d + c
e.label = "e"
o = e * f
o.label = "o"

# %% Its gradients, by hand
# your code here: o.grad first, then backwards to a, b, c and f

# %% A nudge along the gradient
# your code here

# %% The gradient of b, by numbers
h = 0.000001
# your code here: print a difference quotient
