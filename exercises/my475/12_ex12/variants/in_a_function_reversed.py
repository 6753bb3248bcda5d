"""In a function; 3 comes before 1."""

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


def epoch(pairs, w, b, rate):
    total = 0.0
    for x, y in pairs:
        loss = (Value(x) * w + b - Value(y)) ** 2
        w.grad = b.grad = 0.0
        loss.backward()
        w.data -= rate * w.grad
        b.data -= rate * b.grad
        total += loss.data
    return total


w, b = Value(0.0), Value(0.0)
data = [(3.0, 6.0), (1.0, 2.0)]
for number in range(100):
    total = epoch(data, w, b, 0.1)
print(total, w.data, b.data)
