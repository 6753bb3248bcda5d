import math


class Scalar:
    """A number, and what it was made from."""

    def __init__(self, data, children=(), op="", label=""):
        self.data = data
        self.grad = 0.0
        self._backward = lambda: None
        self.prev = tuple(children)
        self.op = op
        self.label = label

    def __repr__(self):
        return f"{self.label}|{self.data:.3f}|{self.grad:.3f}"

    def __add__(self, other):
        out = Scalar(self.data + other.data, (self, other), "+")

        def _backward():
            self.grad = out.grad
            other.grad = out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        out = Scalar(self.data * other.data, (self, other), "*")

        def _backward():
            self.grad = other.data * out.grad
            other.grad = self.data * out.grad

        out._backward = _backward
        return out

    def tanh(self):
        """Return the hyperbolic tangent."""
        out = Scalar(math.tanh(self.data), (self,), "tanh")

        def _backward():
            self.grad = (1 - out.data**2) * out.grad

        out._backward = _backward
        return out

    def backward(self):
        """Send the gradient of this node back through the whole graph."""
        self.grad = 1.0
        for node in reversed(topological_order(self)):
            node._backward()


def topological_order(root):
    """Return every node below `root`, and `root` last, each once, children before parents."""
    order = []
    visited = set()

    def visit(node):
        if node not in visited:
            visited.add(node)
            for child in node.prev:
                visit(child)
            order.append(node)

    visit(root)
    return order
