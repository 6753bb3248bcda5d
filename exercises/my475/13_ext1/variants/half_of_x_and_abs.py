"""relu as half of x + |x|, whose slope at 0 is a half; starts at the corner."""


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

    def __abs__(self):
        out = Value(abs(self.data), (self,), "abs")

        def _backward():
            sign = (self.data > 0) - (self.data < 0)
            self.grad += sign * out.grad

        out._backward = _backward
        return out

    def relu(self):
        return (self + abs(self)) * 0.5
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


w, b = Value(0.0), Value(0.0)
xs, ys = [Value(1.0), Value(3.0)], [Value(2.0), Value(6.0)]
for _ in range(100):
    for x, y in zip(xs, ys):
        loss = ((x * w + b).relu() - y) ** 2
        loss.backward()
        w.data -= 0.1 * w.grad
        b.data -= 0.1 * b.grad
print(w.data, b.data)
