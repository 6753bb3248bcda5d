# asks: my475/ex7, my475/ex9
# kind: numbers
# clear: v.grad = np.zeros(1)
# new: Tensor(x)
# number: float(v.data[0])
# gradient: float(v.grad[0])
import numpy as np

class Tensor:
    def __init__(self, data, prev=()):
        self.data = np.array([data], dtype=float).reshape(1)
        self.grad = np.zeros(1)
        self.prev = prev
        self.step = lambda: None

    def __add__(self, other):
        out = Tensor(self.data[0] + other.data[0], (self, other))
        def step():
            self.grad = self.grad + out.grad
            other.grad = other.grad + out.grad
        out.step = step
        return out

    def __mul__(self, other):
        out = Tensor(self.data[0] * other.data[0], (self, other))
        def step():
            self.grad = self.grad + out.grad * other.data
            other.grad = other.grad + out.grad * self.data
        out.step = step
        return out

    def __neg__(self):
        return self * Tensor(-1.0)

    def __sub__(self, other):
        return self + (-other)

    def __pow__(self, n):
        out = Tensor(self.data[0] ** n, (self,))
        def step():
            self.grad = self.grad + out.grad * n * self.data ** (n - 1)
        out.step = step
        return out

    def backward(self):
        topo = []
        def build(t):
            if not any(t is u for u in topo):
                for p in t.prev:
                    build(p)
                topo.append(t)
        build(self)
        self.grad = np.ones(1)
        for t in reversed(topo):
            t.step()
