# asks: sri, my475/ex9
# kind: classes
import math
import random


class Neuron:
    def __init__(self, n):
        self.w = [Value(random.uniform(-1, 1)) for _ in range(n)]
        self.b = Value(0.0)

    def __call__(self, x):
        return sum((w * xi for w, xi in zip(self.w, x)), self.b).tanh()


class Layer:
    def __init__(self, n, m):
        self.neurons = [Neuron(n) for _ in range(m)]

    def __call__(self, x):
        return [neuron(x) for neuron in self.neurons]


class Value:
    count = 0

    def __init__(self, data, parents=(), op="leaf"):
        Value.count += 1
        self.id = Value.count
        self.data, self.grad = data, 0.0
        self.parents, self.op = parents, op

    def __hash__(self):
        return self.id

    def __eq__(self, other):
        return self is other

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)), "+")

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, ((self, other.data), (other, self.data)), "*")

    def __pow__(self, n):
        return Value(self.data ** n, ((self, n * self.data ** (n - 1)),), "pow")

    def __truediv__(self, other):
        return self * (other ** -1 if isinstance(other, Value) else 1 / other)

    def __rtruediv__(self, other):
        return self ** -1 * other

    def __neg__(self): return self * -1
    def __sub__(self, other): return self + (-other)
    def __rsub__(self, other): return -self + other
    __radd__ = __add__
    __rmul__ = __mul__

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, ((self, 1 - t * t),), "tanh")

    def exp(self):
        e = math.exp(self.data)
        return Value(e, ((self, e),), "exp")

    def backward(self):
        # ids grow: who is made later has the larger one
        found = {}
        todo = [self]
        while todo:
            v = todo.pop()
            if v.id not in found:
                found[v.id] = v
                todo += [p for p, _ in v.parents]
        self.grad = 1.0
        for i in sorted(found, reverse=True):
            v = found[i]
            for p, d in v.parents:
                p.grad += d * v.grad


if __name__ == "__main__":
    net = Layer(2, 3)
    out = net([1.0, -2.0])
    total = sum(out)
    total.backward()
    print([round(o.data, 3) for o in out])
