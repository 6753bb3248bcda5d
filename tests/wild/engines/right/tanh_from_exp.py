# asks: sri
# kind: composed
import math

class Value:
    """Only +, *, ** and exp have rules; all else is made of them."""

    def __init__(self, data, inputs=(), back=None):
        self.data = data
        self.grad = 0.0
        self.inputs = inputs
        self.back = back

    @staticmethod
    def of(x):
        return x if isinstance(x, Value) else Value(x)

    def __add__(self, other):
        other = Value.of(other)
        return Value(self.data + other.data, (self, other), lambda g: (g, g))

    def __mul__(self, other):
        other = Value.of(other)
        return Value(self.data * other.data, (self, other), lambda g: (g * other.data, g * self.data))

    def __pow__(self, n):
        return Value(self.data ** n, (self,), lambda g: (g * n * self.data ** (n - 1),))

    def exp(self):
        e = math.exp(self.data)
        return Value(e, (self,), lambda g: (g * e,))

    def tanh(self):
        e = (self * 2).exp()
        return (e - 1) / (e + 1)

    def __neg__(self): return self * -1
    def __sub__(self, other): return self + Value.of(other) * -1
    def __truediv__(self, other): return self * Value.of(other) ** -1
    def __radd__(self, other): return self + other
    def __rmul__(self, other): return self * other
    def __rsub__(self, other): return Value.of(other) - self
    def __rtruediv__(self, other): return Value.of(other) / self

    def backward(self, grad=1.0):
        topo = []
        seen = set()
        def sort(v):
            if id(v) not in seen:
                seen.add(id(v))
                for i in v.inputs:
                    sort(i)
                topo.append(v)
        sort(self)
        self.grad += grad
        for v in reversed(topo):
            if v.back:
                for i, g in zip(v.inputs, v.back(v.grad)):
                    i.grad += g
