import math


class Value:
    """A number with a gradient, a node of a computation graph."""

    def __init__(self, data, _children=()):
        self.data = data
        self.grad = 0.0
        self._backward = lambda: None
        self._children = tuple(_children)

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other))

        def _backward():
            self.grad += out.grad
            other.grad += out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other))

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    def backward(self):
        """Send the gradient of this node back through the whole graph."""
        order = []

        def visit(node):
            if node not in order:
                for child in node._children:
                    visit(child)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node._backward()


def _function(value, number, slope):
    out = Value(number, (value,))

    def _backward():
        value.grad += slope * out.grad

    out._backward = _backward
    return out


def exp(value):
    return _function(value, math.exp(value.data), math.exp(value.data))


def power(value, n):
    return _function(value, value.data**n, n * value.data ** (n - 1))


def log(value):
    return _function(value, math.log(value.data), 1 / value.data)


def hypot(a, b):
    out = Value(math.hypot(a.data, b.data), (a, b))

    def _backward():
        a.grad += a.data / out.data * out.grad
        b.grad += b.data / out.data * out.grad

    out._backward = _backward
    return out


def shares(values):
    powers = [exp(one) for one in values]
    total = powers[0]
    for one in powers[1:]:
        total = total + one
    return [one * power(total, -1) for one in powers]


def surprise(values, label):
    return Value(-1.0) * log(shares(values)[label])
