"""The parameters are in a dict, and are zeroed together with the step."""

import math
import random


class Node:
    """Arithmetic for nodes, each of which knows its children together with their slopes."""

    def __add__(self, other):
        other = self.wrapped(other)
        return type(self)(self.data + other.data, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        other = self.wrapped(other)
        return type(self)(self.data * other.data, [(self, other.data), (other, self.data)])

    def __neg__(self):
        return type(self)(-self.data, [(self, -1.0)])

    def __sub__(self, other):
        return self + -self.wrapped(other)

    def __pow__(self, n):
        return type(self)(self.data**n, [(self, n * self.data ** (n - 1))])

    def tanh(self):
        result = math.tanh(self.data)
        return type(self)(result, [(self, 1 - result**2)])
    def __radd__(self, other):
        return self.wrapped(other) + self

    def __rmul__(self, other):
        return self.wrapped(other) * self

    def __rsub__(self, other):
        return self.wrapped(other) - self

    def wrapped(self, other):
        return other if isinstance(other, Node) else type(self)(other)


class Value(Node):
    def __init__(self, data, children=(), requires_grad=True):
        self.data = data
        self.grad = 0.0
        self.children = children
        self.requires_grad = requires_grad

    def backward(self):
        order = []
        seen = {}

        def visit(node):
            if seen.setdefault(id(node), node) is node and node not in order:
                for child, _ in node.children:
                    visit(child)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            for child, slope in node.children:
                child.grad += slope * node.grad


random.seed(5)
names = ["w1", "w2", "w3", "w4", "b1", "b2", "v1", "v2", "c"]
theta = {name: Value(random.uniform(-1, 1)) for name in names}


def predict(x1, x2, t):
    h1 = (t["w1"] * x1 + t["w2"] * x2 + t["b1"]).tanh()
    h2 = (t["w3"] * x1 + t["w4"] * x2 + t["b2"]).tanh()
    return t["v1"] * h1 + t["v2"] * h2 + t["c"]


for _ in range(40):
    loss = (predict(1, -2, theta) - 1) ** 2 + (predict(-1, 0.5, theta) + 1) ** 2
    loss.backward()
    for node in theta.values():
        node.data, node.grad = node.data - 0.05 * node.grad, 0.0
print(loss.data)
