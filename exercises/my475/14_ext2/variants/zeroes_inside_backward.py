"""backward() zeroes; hidden neurons without biases; the steps in a function."""

import math
import random


class Value:
    def __init__(self, data, _children=(), _op=""):
        self.data = float(data)
        self.grad = 0.0
        self._children = _children
        self._op = _op
        self._backward = lambda: None

    def __repr__(self):
        return f"<{self.data:.4f} | {self.grad:.4f}>"

    def __add__(self, other):
        other = as_value(other)
        out = Value(self.data + other.data, (self, other), "+")

        def _backward():
            self.grad += out.grad
            other.grad += out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        other = as_value(other)
        out = Value(self.data * other.data, (self, other), "*")

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    def __neg__(self):
        return self * Value(-1)

    def __sub__(self, other):
        return self + -as_value(other)

    def __pow__(self, n):
        out = Value(self.data**n, (self,), "**")

        def _backward():
            self.grad += n * self.data ** (n - 1) * out.grad

        out._backward = _backward
        return out

    def tanh(self):
        t = (math.exp(2 * self.data) - 1) / (math.exp(2 * self.data) + 1)
        out = Value(t, (self,), "tanh")

        def _backward():
            self.grad += (1 - t**2) * out.grad

        out._backward = _backward
        return out
    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other):
        return as_value(other) - self

    def backward(self):
        """Start every time from gradients of 0."""
        order = topological_order(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            node._backward()
        return order


def as_value(number):
    return number if isinstance(number, Value) else Value(number)


def topological_order(root, order=None, visited=None):
    order = [] if order is None else order
    visited = set() if visited is None else visited
    if root not in visited:
        visited.add(root)
        for child in root._children:
            topological_order(child, order, visited)
        order.append(root)
    return order


random.seed(0)
hidden = [[Value(random.random() - 0.5) for _ in range(3)] for _ in range(5)]
output = [Value(random.random() - 0.5) for _ in range(5)]
bias = Value(0.0)


def model(xs):
    middle = [sum(w * x for w, x in zip(row, xs)).tanh() for row in hidden]
    return sum(w * h for w, h in zip(output, middle)) + bias


def step(rate):
    loss = sum((model(xs) - y) ** 2 for xs, y in zip(inputs, targets))
    loss.backward()
    for p in [bias, *output, *(w for row in hidden for w in row)]:
        p.data -= rate * p.grad
    return loss.data


inputs = [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0]]
targets = [1.0, -1.0, 0.5]
losses = [step(0.05) for _ in range(50)]
print(losses[0], losses[-1])
