"""A second backward, to see that gradients add up; then a training."""


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


x, y, w, b = Value(1.0), Value(2.0), Value(0.0), Value(0.0)
a = x * w
y_pred = a + b
err = y_pred - y
loss = err**2
loss.backward()
print("w.grad:", w.grad, "b.grad:", b.grad, sep="\n")
loss.backward()
print("again:", w.grad, b.grad)

for step in range(5):
    loss = (x * w + b - y) ** 2
    w.grad = b.grad = 0.0
    loss.backward()
    w.data -= 0.1 * w.grad
    b.data -= 0.1 * b.grad
