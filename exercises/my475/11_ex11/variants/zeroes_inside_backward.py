"""backward() itself begins with gradients of 0; a while loop."""


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


w = Value(0.0)
b = Value(0.0)
step = 0
while step < 100:
    loss = (Value(1.0) * w + b - Value(2.0)) ** 2
    loss.backward()
    w.data -= 0.1 * w.grad
    b.data -= 0.1 * b.grad
    step += 1
print(f"after {step} steps: w = {w.data}, b = {b.data}, loss = {loss.data}")
