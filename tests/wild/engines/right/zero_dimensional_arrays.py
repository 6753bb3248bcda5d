# asks: sri/gradients, sri/functions, my475/ex9
# kind: numbers
# clear: v.grad = np.zeros(())
# number: float(v.data)
# gradient: float(v.grad)
import numpy as np


class Value:
    def __init__(self, data, children=()):
        self.data = np.asarray(data, dtype=np.float64)
        self.grad = np.zeros_like(self.data)
        self.children = children
        self.back = None

    @staticmethod
    def ensure(x):
        return x if isinstance(x, Value) else Value(x)

    def __add__(self, o):
        o = Value.ensure(o)
        out = Value(np.add(self.data, o.data), (self, o))
        out.back = lambda g: (g, g)
        return out

    def __mul__(self, o):
        o = Value.ensure(o)
        out = Value(np.multiply(self.data, o.data), (self, o))
        out.back = lambda g: (g * o.data, g * self.data)
        return out

    def __neg__(self):
        return self * -1.0

    def __sub__(self, o):
        return self + -Value.ensure(o)

    def __pow__(self, n):
        out = Value(np.power(self.data, float(n)), (self,))
        out.back = lambda g: (g * n * np.power(self.data, float(n - 1)),)
        return out

    def __truediv__(self, o):
        return self * Value.ensure(o) ** -1

    __radd__ = __add__
    __rmul__ = __mul__

    def tanh(self):
        out = Value(np.tanh(self.data), (self,))
        out.back = lambda g: (g * (1 - np.tanh(self.data) ** 2),)
        return out

    def exp(self):
        out = Value(np.exp(self.data), (self,))
        out.back = lambda g: (g * out.data,)
        return out

    def backward(self):
        order, seen = [], set()
        def visit(v):
            if v not in seen:
                seen.add(v)
                [visit(c) for c in v.children]
                order.append(v)
        visit(self)
        for v in order:
            v.grad = v.grad * 1.0
        self.grad = np.ones_like(self.data)
        for v in reversed(order):
            if v.back is not None:
                for c, g in zip(v.children, v.back(v.grad)):
                    c.grad = c.grad + g
