"""A class with a fit method; the gradients are zeroed after the step."""


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


class Perceptron:
    def __init__(self, w=0.0, b=0.0):
        self.w = Value(w)
        self.b = Value(b)

    def predict(self, x):
        return x * self.w + self.b

    def fit(self, samples, epochs, rate):
        for _ in range(epochs):
            for x, y in samples:
                error = self.predict(x) - y
                loss = error * error
                loss.backward()
                for p in (self.w, self.b):
                    p.data -= rate * p.grad
                    p.grad = 0.0
            yield loss.data


neuron = Perceptron()
losses = list(neuron.fit([(Value(1.0), Value(2.0)), (Value(3.0), Value(6.0))], 100, 0.1))
print(neuron.w.data, neuron.b.data, losses[-1])
