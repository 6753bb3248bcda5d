"""relu returns the Value itself where it is positive; parameters made anew."""


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

    def relu(self):
        if self.data > 0:
            return self
        return self._made(0, lambda g: (0,), self)
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


w, b = Value(0.5), Value(0.1)
for _ in range(100):
    for x, y in ((1, 2), (3, 6)):
        loss = ((w * Value(x) + b).relu() - Value(y)) ** 2
        loss.backward()
        w = Value(w.data - 0.1 * w.grad)
        b = Value(b.data - 0.1 * b.grad)
print(w.data, b.data)
