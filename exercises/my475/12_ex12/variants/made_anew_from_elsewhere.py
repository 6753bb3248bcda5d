"""The parameters start elsewhere, and are made anew in each step."""


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


w, b = Value(-1), Value(4)
for epoch in range(100):
    for number in (1, 3):
        loss = (w * Value(number) + b - Value(2 * number)) ** 2
        loss.backward()
        w = Value(w.data - 0.1 * w.grad)
        b = Value(b.data - 0.1 * b.grad)
print(w.data, b.data)
