"""The parameters are made anew in each step, so no gradient is left over."""


class Value:
    """Numbers stay what they are: ints as long as they can."""

    def __init__(self, data, _prev=()):
        self.data = data
        self.grad = 0
        self._prev = _prev
        self._rule = None

    def __repr__(self):
        return "Value({}, grad {})".format(self.data, self.grad)

    def _made(self, data, rule, *children):
        out = Value(data, children)
        out._rule = rule
        return out

    def __add__(self, other):
        if not isinstance(other, Value):
            other = Value(other)
        return self._made(self.data + other.data, lambda g: (g, g), self, other)

    def __sub__(self, other):
        if not isinstance(other, Value):
            other = Value(other)
        return self._made(self.data - other.data, lambda g: (g, -g), self, other)

    def __mul__(self, other):
        if not isinstance(other, Value):
            other = Value(other)
        return self._made(self.data * other.data, lambda g: (g * other.data, g * self.data), self, other)

    def __neg__(self):
        return self._made(-self.data, lambda g: (-g,), self)

    def __pow__(self, n):
        return self._made(self.data**n, lambda g: (g * n * self.data ** (n - 1),), self)
    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __rsub__(self, other):
        return Value(other) - self

    def _backward(self):
        if self._rule is not None:
            for child, share in zip(self._prev, self._rule(self.grad)):
                child.grad += share

    def topological(self):
        order, seen = [], []

        def visit(node):
            if not any(node is other for other in seen):
                seen.append(node)
                for child in node._prev:
                    visit(child)
                order.append(node)

        visit(self)
        return order

    def backward(self):
        self.grad = 1
        for node in self.topological()[::-1]:
            node._backward()


x, y = Value(1), Value(2)
w, b = Value(0), Value(0)
learning_rate = 0.1
for _ in range(100):
    err = w * x + b - y
    loss = err**2
    loss.backward()
    w = Value(w.data - learning_rate * w.grad)
    b = Value(b.data - learning_rate * b.grad)
print(w.data, b.data)
