"""Each step is a call of a function; the parameters are globals."""


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


w = Value(3.0)
b = Value(-0.5)


def forward(x, y):
    return (x * w + b - y) ** 2


def step(x, y):
    loss = forward(x, y)
    w.grad = b.grad = 0.0
    loss.backward()
    w.data -= w.grad * 1e-1
    b.data -= b.grad * 1e-1
    return loss.data


losses = [step(Value(1.0), Value(2.0)) for _ in range(100)]
print(losses[0], losses[-1], w.data, b.data)
