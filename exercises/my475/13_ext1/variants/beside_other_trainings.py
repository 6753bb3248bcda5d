"""The trainings of the exercises before stand above it; arithmetic in a base class."""


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

    def relu(self):
        positive = self.data > 0
        return type(self)(self.data * positive, [(self, 1.0 * positive)])
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


def train(w, b, activation, examples):
    for _ in range(100):
        for x, y in examples:
            loss = (activation(Value(x) * w + b) - Value(y)) ** 2
            w.grad = b.grad = 0.0
            loss.backward()
            w.data -= 0.1 * w.grad
            b.data -= 0.1 * b.grad
    print(w.data, b.data)


both = [(1.0, 2.0), (3.0, 6.0)]
train(Value(0.0), Value(0.0), lambda node: node, both[:1])
train(Value(0.0), Value(0.0), lambda node: node, both)
train(Value(0.5), Value(0.1), lambda node: node.relu(), both)
