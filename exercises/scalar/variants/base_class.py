import math


class Node:
    """Arithmetic; results are of the subclass."""
    def __init__(self, data, _children=(), _op="", label=""):
        self.data, self._prev, self._op, self.label = float(data), frozenset(_children), _op, label
        self.grad = 0.0
        self._backward = lambda: None
    def lift(self, other): return other if isinstance(other, Node) else type(self)(other)
    def __add__(self, other):
        other = self.lift(other)
        out = type(self)(self.data + other.data, (self, other), "+")
        def rule():
            self.grad = self.grad + out.grad
            other.grad = other.grad + out.grad
        out._backward = rule
        return out
    __radd__ = __add__
    def __mul__(self, other):
        other = self.lift(other)
        out = type(self)(self.data * other.data, (self, other), "*")
        def rule():
            self.grad = self.grad + other.data * out.grad
            other.grad = other.grad + self.data * out.grad
        out._backward = rule
        return out
    __rmul__ = __mul__


class Scalar(Node):
    def tanh(self):
        out = Scalar(1 - 2 / (math.exp(2 * self.data) + 1), (self,), "Tanh")
        def rule(): self.grad = self.grad + out.grad / math.cosh(self.data) ** 2
        out._backward = rule
        return out
    def visit(self, done, order):
        if self not in done:
            done.add(self)
            for child in self._prev: child.visit(done, order)
            order.insert(0, self)
        return order
    def backward(self):
        self.grad = 1.0
        for node in self.visit(set(), []): node._backward()


def draw_dot(root, show_backprop=True):
    from graphviz import Digraph
    there, back = Digraph(), []
    for node in root.visit(set(), []):
        there.node(str(id(node)), label="<b> %s | %.2f" % (node.label, node.data), shape="record")
        if node._op:
            there.node(str(id(node)) + node._op, node._op)
            there.edge(str(id(node)) + node._op, str(id(node)))
        for child in node._prev:
            there.edge(str(id(child)), str(id(node)) + node._op)
            if node.grad != 0: back.append((str(id(child)), str(id(node))))
    if show_backprop:
        for child, parent in back: there.edge(child, parent, label="grad", dir="back", style="dotted")
    return there
