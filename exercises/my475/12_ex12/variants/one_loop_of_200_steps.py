"""One loop, which takes the examples in turns; other names; plain numbers as truth."""


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


theta = [Value(0.0), Value(0.0)]
inputs, truths = [1.0, 3.0], [2.0, 6.0]
for step in range(200):
    x, y = Value(inputs[step % 2]), truths[step % 2]
    loss = (theta[0] * x + theta[1] - y) ** 2
    for p in theta:
        p.grad = 0.0
    loss.backward()
    for p in theta:
        p.data -= 0.1 * p.grad
print([p.data for p in theta])
