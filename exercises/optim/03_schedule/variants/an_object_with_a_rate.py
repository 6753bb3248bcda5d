import math


class Value:
    """A number with a gradient, a node of a computation graph."""

    def __init__(self, data, _children=()):
        self.data = data
        self.grad = 0.0
        self._backward = lambda: None
        self._children = tuple(_children)

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def _backward():
            self.grad += out.grad
            other.grad += out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    def __pow__(self, exponent):
        """Raise to a plain number, an int or a float."""
        out = Value(self.data**exponent, (self,))

        def _backward():
            self.grad += exponent * self.data ** (exponent - 1) * out.grad

        out._backward = _backward
        return out

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + (-other)

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def backward(self):
        """Send the gradient of this node back through the whole graph."""
        order = []
        seen = set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for child in node._children:
                    visit(child)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node._backward()


def in_stairs(base, made, every, factor):
    return base * math.pow(factor, math.floor(made / every))


def along_cosine(base, made, steps):
    return base * math.cos(math.pi / 2 * made / steps) ** 2


class Trainer:
    def __init__(self):
        self.parameters = [Value(0.0), Value(0.0)]
        self.made = 0

    @property
    def rate(self):
        return in_stairs(0.1, self.made, 6, 0.5)

    def fit(self, x, y):
        w, b = self.parameters
        error = w * x + b - y
        loss = error * error
        loss.backward()
        rate = self.rate
        for p in self.parameters:
            p.data = p.data - rate * p.grad
            p.grad = 0.0
        self.made += 1


trainer = Trainer()
for _ in range(8):
    for x, y in ((1.0, 0.5), (2.0, 2.5), (-1.0, -3.5)):
        trainer.fit(x, y)
