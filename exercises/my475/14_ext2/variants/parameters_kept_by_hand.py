"""Nine numbers in a list, no classes; numpy numbers; zeroed after the step."""

import random

import numpy as np


class Value:
    def __init__(self, data, children=()):
        self.data = np.float64(data)
        self.grad = np.float64(0.0)
        self.children = list(children)
        self._backward = lambda: None

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(np.add(self.data, other.data), [self, other])

        def _backward():
            self.grad = self.grad + out.grad
            other.grad = other.grad + out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(np.multiply(self.data, other.data), [self, other])

        def _backward():
            self.grad = self.grad + other.data * out.grad
            other.grad = other.grad + self.data * out.grad

        out._backward = _backward
        return out

    def __sub__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(np.subtract(self.data, other.data), [self, other])

        def _backward():
            self.grad = self.grad + out.grad
            other.grad = other.grad - out.grad

        out._backward = _backward
        return out

    def __neg__(self):
        return Value(0.0) - self

    def __pow__(self, n):
        out = Value(np.power(self.data, n), [self])

        def _backward():
            self.grad = self.grad + n * np.power(self.data, n - 1) * out.grad

        out._backward = _backward
        return out

    def tanh(self):
        out = Value(np.tanh(self.data), [self])

        def _backward():
            self.grad = self.grad + (1.0 - out.data**2) * out.grad

        out._backward = _backward
        return out
    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __rsub__(self, other):
        return Value(other) - self

    def backward(self):
        order, stack = [], [(self, False)]
        seen = set()
        while stack:
            node, done = stack.pop()
            if done:
                order.append(node)
            elif id(node) not in seen:
                seen.add(id(node))
                stack.append((node, True))
                stack.extend((child, False) for child in node.children)
        self.grad = np.float64(1.0)
        for node in order[::-1]:
            node._backward()


rng = np.random.default_rng(3)
params = [Value(number) for number in rng.normal(size=9)]


def network(x1, x2):
    h1 = (x1 * params[0] + x2 * params[1] + params[2]).tanh()
    h2 = (x1 * params[3] + x2 * params[4] + params[5]).tanh()
    return (h1 * params[6] + h2 * params[7] + params[8]).tanh()


samples = [(1.0, 2.0, 1.0), (-1.0, 0.5, -1.0), (0.3, -2.0, 1.0)]
for step in range(60):
    total = Value(0.0)
    for x1, x2, truth in samples:
        total = total + (network(Value(x1), Value(x2)) - truth) ** 2
    total.backward()
    for p in params:
        p.data = p.data - 0.05 * p.grad
        p.grad = 0.0
print(total.data)
