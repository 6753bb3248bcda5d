"""A number as exponent becomes a node too; the constructor wants a label; extras all over."""

import math


class Value:
    def __init__(self, data, label, _prev=()):
        self.data = data
        self.label = label
        self.grad = 0
        self._prev = frozenset(_prev)
        self._backward = lambda: None

    def __str__(self):
        return f"{self.label}: {self.data}"

    __repr__ = __str__

    @staticmethod
    def lift(x):
        return x if isinstance(x, Value) else Value(x, "const")

    def __add__(self, other):
        other = Value.lift(other)
        out = Value(self.data + other.data, "+", [self, other])

        def _backward():
            self.grad += out.grad
            other.grad += out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        other = Value.lift(other)
        out = Value(self.data * other.data, "*", [self, other])

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    def __pow__(self, other):
        other = Value.lift(other)
        out = Value(self.data**other.data, "**", [self, other])

        def _backward():
            self.grad += other.data * self.data ** (other.data - 1) * out.grad
            if self.data > 0:
                other.grad += out.data * math.log(self.data) * out.grad

        out._backward = _backward
        return out

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + Value.lift(other) * -1

    def __rsub__(self, other):
        return Value.lift(other) - self

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __truediv__(self, other):
        return self * Value.lift(other) ** -1

    def tanh(self):
        t = math.tanh(self.data)
        out = Value(t, "tanh", [self])

        def _backward():
            self.grad += (1 - t * t) * out.grad

        out._backward = _backward
        return out

    def backward(self):
        topo, visited = [], set()

        def build_topo(v):
            if v not in visited:
                visited.add(v)
                for child in v._prev:
                    build_topo(child)
                topo.append(v)

        build_topo(self)
        self.grad = 1
        for v in reversed(topo):
            v._backward()
