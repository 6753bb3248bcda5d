"""Starts at (0, 0) with a slope of 0 there, so nothing ever moves, rightly."""


class Value:
    __slots__ = ("_grad", "data", "parents", "slopes")

    def __init__(self, data, parents=(), slopes=()):
        self.data = data
        self._grad = 0.0
        self.parents = parents
        self.slopes = slopes

    @property
    def grad(self):
        return self._grad

    @grad.setter
    def grad(self, value):
        self._grad = value

    def __repr__(self):
        return "Value(%r)" % self.data

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def __sub__(self, other):
        return self + -1 * (other if isinstance(other, Value) else Value(other))

    def __neg__(self):
        return -1 * self

    def __pow__(self, n):
        return Value(self.data**n, (self,), (n * self.data ** (n - 1),))

    def relu(self):
        return Value(max(0, self.data), (self,), (1.0 if self.data > 0 else 0.0,))
    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __rsub__(self, other):
        return Value(other) + -self

    def _backward(self):
        for parent, slope in zip(self.parents, self.slopes):
            parent.grad = parent.grad + slope * self.grad

    def sort(self):
        waiting = {}
        stack = [self]
        while stack:
            for parent in stack.pop().parents:
                if parent not in waiting:
                    stack.append(parent)
                waiting[parent] = waiting.get(parent, 0) + 1
        ready, order = [self], []
        while ready:
            node = ready.pop()
            order.append(node)
            for parent in node.parents:
                waiting[parent] -= 1
                if not waiting[parent]:
                    ready.append(parent)
        return order

    def backward(self):
        self.grad = 1.0
        for node in self.sort():
            node._backward()


w, b = Value(0.0), Value(0.0)
for _ in range(100):
    for x, y in ((1.0, 2.0), (3.0, 6.0)):
        y_pred = (Value(x) * w + b).relu()
        loss = (y_pred - Value(y)) ** 2
        w.grad = b.grad = 0.0
        loss.backward()
        w.data -= 0.1 * w.grad
        b.data -= 0.1 * b.grad
print(w.data, b.data)
