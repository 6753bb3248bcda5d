"""Goes on from where the training on one example has ended."""


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
xs = [Value(1.0)]
ys = [Value(2.0)]
rate = 0.1


def fit(epochs):
    for _ in range(epochs):
        for x, y in zip(xs, ys):
            loss = (x * w + b - y) ** 2
            loss.backward()
            w.data -= rate * w.grad
            b.data -= rate * b.grad


fit(100)
print(w.data, b.data)
xs.append(Value(3.0))
ys.append(Value(6.0))
fit(100)
print(w.data, b.data)
