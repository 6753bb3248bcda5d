import math
import random


class Value:
    """A number with a gradient, a node of a computation graph."""

    def __init__(self, data, _children=()):
        self.data = data
        self.grad = 0.0
        self._backward = lambda: None
        self._children = tuple(_children)

    def __repr__(self):
        return f"Value(data={self.data})"

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def _backward():
            self.grad += out.grad
            other.grad += out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + (-other)

    def __pow__(self, exponent):
        """Raise to a plain number, an int or a float."""
        out = Value(self.data**exponent, (self,))

        def _backward():
            self.grad += exponent * self.data ** (exponent - 1) * out.grad

        out._backward = _backward
        return out

    def relu(self):
        """Return this where it is positive, else 0."""
        out = Value(max(0.0, self.data), (self,))

        def _backward():
            self.grad += (1.0 if self.data > 0 else 0.0) * out.grad

        out._backward = _backward
        return out

    def __radd__(self, other):
        # your code here
        return None

    def __rmul__(self, other):
        # your code here
        return None

    def __rsub__(self, other):
        # your code here
        return None

    def tanh(self):
        # your code here
        return None

    def backward(self):
        """Send the gradient of this node back through the whole graph."""
        self.grad = 1.0
        for node in reversed(topological_order(self)):
            node._backward()


def topological_order(root):
    """Return every node that `root` depends on, and `root`, once, children before parents."""
    order = []
    visited = set()

    def visit(node):
        if node not in visited:
            visited.add(node)
            for child in node._children:
                visit(child)
            order.append(node)

    visit(root)
    return order


# %% The graph of one prediction, and its loss
x = Value(1.0)
y = Value(2.0)
w = Value(0.0)
b = Value(0.0)
a = x * w
y_pred = a + b
err = y_pred - y
loss = err**2

# %% The gradients of the loss
loss.backward()
print(w.grad, b.grad)

# %% Gradient descent on one example
rate = 0.1
w = Value(0.0)
b = Value(0.0)
for _ in range(100):
    a = x * w
    y_pred = a + b
    err = y_pred - y
    loss = err**2
    w.grad = 0.0
    b.grad = 0.0
    loss.backward()
    w.data -= rate * w.grad
    b.data -= rate * b.grad
print(w.data, b.data)

# %% Gradient descent on two examples
xs = [Value(1.0), Value(3.0)]
ys = [Value(2.0), Value(6.0)]
w = Value(0.0)
b = Value(0.0)
for epoch in range(100):
    for x, y in zip(xs, ys):
        a = x * w
        y_pred = a + b
        err = y_pred - y
        loss = err**2
        w.grad = 0.0
        b.grad = 0.0
        loss.backward()
        w.data -= rate * w.grad
        b.data -= rate * b.grad
print(w.data, b.data)

# %% A neuron with a relu
w = Value(0.5)
b = Value(0.1)
for _ in range(100):
    for x, y in zip(xs, ys):
        y_pred = (x * w + b).relu()
        loss = (y_pred - y) ** 2
        w.grad = 0.0
        b.grad = 0.0
        loss.backward()
        w.data -= rate * w.grad
        b.data -= rate * b.grad
print(w.data, b.data)

# %% A network
# your code here: neurons, layers, a network, and fifty steps of training
