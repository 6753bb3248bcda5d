import math


class Scalar:
    def __init__(self, data, made_from=()):
        self.data = data
        self.grad = None
        self.made_from = made_from

    def __add__(self, other): return Scalar(self.data + other.data, (self, other))
    def __mul__(self, other): return Scalar(self.data * other.data, (self, other))


def tanh(x):
    return Scalar(math.tanh(x.data), (x,))


w1, w2, b = Scalar(-3), Scalar(1), Scalar(6.8813735870195432)
x1, x2 = Scalar(2), Scalar(0)
n = (x1 * w1) + (x2 * w2) + b
o = tanh(n)
o.grad = 1
n.grad = b.grad = o.grad * (1 - o.data ** 2)
for x, w in ((x1, w1), (x2, w2)):
    x.grad, w.grad = n.grad * w.data, n.grad * x.data
print(n.grad, x1.grad, w1.grad)
