# asks: my475/ex9, sri/gradients
# kind: numbers
# clear: v.grad = F(0)
# number: float(v.data)
# gradient: float(v.grad)
# precision: 1e-4
import numpy as np

F = np.float32

class Value:
    def __init__(self, data, _prev=()):
        self.data = F(data)
        self.grad = F(0)
        self._prev = _prev
        self._backward = lambda: None

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other))
        def _backward():
            self.grad += out.grad
            other.grad += out.grad
        out._backward = _backward
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other))
        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
        out._backward = _backward
        return out

    def __neg__(self):
        return self * Value(-1)

    def __sub__(self, other):
        return self + (-other)

    def __truediv__(self, other):
        return self * other ** -1

    def __pow__(self, n):
        out = Value(self.data ** F(n), (self,))
        def _backward():
            self.grad += F(n) * self.data ** F(n - 1) * out.grad
        out._backward = _backward
        return out

    def backward(self):
        topo, visited = [], set()
        def build(v):
            if v not in visited:
                visited.add(v)
                for child in v._prev:
                    build(child)
                topo.append(v)
        build(self)
        self.grad = F(1)
        for v in reversed(topo):
            v._backward()
