import math


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
        self._grad = 0.0
        self.grad_updated = False
        self.prev = tuple(children)
        self.op = op
        self.label = label

    @property
    def grad(self):
        """The slope of the last node along this one."""
        return self._grad

    @grad.setter
    def grad(self, slope):
        self._grad = slope
        self.grad_updated = True

    def __repr__(self):
        return f"{self.label}|{self.data:.3f}|{self.grad:.3f}"

    def __add__(self, other):
        return Scalar(self.data + other.data, (self, other), "+")

    def __mul__(self, other):
        return Scalar(self.data * other.data, (self, other), "*")

    def tanh(self):
        """Return the hyperbolic tangent."""
        return Scalar(math.tanh(self.data), (self,), "tanh")


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
o.grad = 1.0
e.grad = f.data * o.grad
f.grad = e.data * o.grad
d.grad = e.grad
c.grad = e.grad
a.grad = b.data * d.grad
b.grad = a.data * d.grad

# %% A nudge along the gradient
for leaf in (a, b, c, f):
    leaf.data += 0.01 * leaf.grad
d = a * b
e = d + c
o = e * f
print(o.data)


# %% The gradient of b, by numbers
def output(b_data):
    return (Scalar(2.0) * Scalar(b_data) + Scalar(10.0)) * Scalar(-2.0)


print((output(-3.0 + h).data - output(-3.0).data) / h)


# %% A neuron
x1 = Scalar(2.0, label="x1")
x2 = Scalar(0.0, label="x2")
w1 = Scalar(-3.0, label="w1")
w2 = Scalar(1.0, label="w2")
b = Scalar(6.8813735870195432, label="b")
x1w1 = x1 * w1
x2w2 = x2 * w2
both = x1w1 + x2w2
n = both + b
o = n.tanh()

# %% Its gradients, by hand
o.grad = 1.0
n.grad = (1 - o.data**2) * o.grad
both.grad = n.grad
b.grad = n.grad
x1w1.grad = both.grad
x2w2.grad = both.grad
x1.grad = w1.data * x1w1.grad
w1.grad = x1.data * x1w1.grad
x2.grad = w2.data * x2w2.grad
w2.grad = x2.data * x2w2.grad
