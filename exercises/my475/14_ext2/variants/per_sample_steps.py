"""A step after each sample; the plain form of an MLP."""

import math
import random


class Value:
    __slots__ = ("_grad", "data", "parents", "slopes")

    def __init__(self, data, parents=(), slopes=()):
        self.data = data
        self._grad = 0.0
        self.parents = parents
        self.slopes = slopes

    @property
    def grad(self):
        return self._grad

    @grad.setter
    def grad(self, value):
        self._grad = value

    def __repr__(self):
        return "Value(%r)" % self.data

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def __sub__(self, other):
        return self + -1 * (other if isinstance(other, Value) else Value(other))

    def __neg__(self):
        return -1 * self

    def __pow__(self, n):
        return Value(self.data**n, (self,), (n * self.data ** (n - 1),))

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, (self,), (1 - t * t,))
    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __rsub__(self, other):
        return Value(other) + -self

    def _backward(self):
        for parent, slope in zip(self.parents, self.slopes):
            parent.grad = parent.grad + slope * self.grad

    def sort(self):
        waiting = {}
        stack = [self]
        while stack:
            for parent in stack.pop().parents:
                if parent not in waiting:
                    stack.append(parent)
                waiting[parent] = waiting.get(parent, 0) + 1
        ready, order = [self], []
        while ready:
            node = ready.pop()
            order.append(node)
            for parent in node.parents:
                waiting[parent] -= 1
                if not waiting[parent]:
                    ready.append(parent)
        return order

    def backward(self):
        self.grad = 1.0
        for node in self.sort():
            node._backward()


class Layer:
    def __init__(self, n_in, n_out):
        self.w = [[Value(random.uniform(-1, 1)) for _ in range(n_in)] for _ in range(n_out)]
        self.b = [Value(0.0) for _ in range(n_out)]

    def __call__(self, xs):
        return [
            sum((w * x for w, x in zip(row, xs)), bias).tanh() for row, bias in zip(self.w, self.b)
        ]


random.seed(7)
layers = [Layer(2, 4), Layer(4, 1)]
parameters = [p for layer in layers for row in layer.w for p in row]
parameters += [p for layer in layers for p in layer.b]
data = [((0.0, 0.0), -1.0), ((0.0, 1.0), 1.0), ((1.0, 0.0), 1.0), ((1.0, 1.0), 1.0)]
for epoch in range(30):
    for point, target in data:
        out = point
        for layer in layers:
            out = layer(out)
        loss = (out[0] - target) ** 2
        for p in parameters:
            p.grad = 0.0
        loss.backward()
        for p in parameters:
            p.data -= 0.1 * p.grad
