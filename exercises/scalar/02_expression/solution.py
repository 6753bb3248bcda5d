def f(x):
    return 3 * x**2 - 4 * x + 5


# %% Slopes from first principles
h = 0.000001
for x in (3.0, -3.0, 2 / 3):
    print((f(x + h) - f(x)) / h)

# %% The slope along one of three variables
a, b, c = 2.0, -3.0, 10.0
before = a * b + c
c += h
after = a * b + c
print((after - before) / h)


class Scalar:
    """A number, and what it was made from."""

    def __init__(self, data, children=(), op="", label=""):
        self.data = data
        self.prev = tuple(children)
        self.op = op
        self.label = label

    def __repr__(self):
        return f"{self.label}|{self.data:.3f}"

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
