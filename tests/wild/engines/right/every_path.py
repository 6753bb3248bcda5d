# asks: sri/gradients, sri/functions
# kind: order
# new: Value(x)
# small: yes
import math

class Value:
    # each node hands its share on at once; slow where paths are many, but never wrong
    def __init__(self, data, edges=()):
        self.data = data
        self.edges = edges
        self.grad = 0.0

    def __add__(self, o):
        return Value(self.data + o.data, ((self, 1.0), (o, 1.0)))

    def __sub__(self, o):
        return Value(self.data - o.data, ((self, 1.0), (o, -1.0)))

    def __mul__(self, o):
        return Value(self.data * o.data, ((self, o.data), (o, self.data)))

    def __truediv__(self, o):
        return Value(self.data / o.data, ((self, 1.0 / o.data), (o, -self.data / o.data ** 2)))

    def __neg__(self):
        return Value(-self.data, ((self, -1.0),))

    def __pow__(self, n):
        return Value(self.data ** n, ((self, n * self.data ** (n - 1)),))

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, ((self, 1 - t * t),))

    def exp(self):
        e = math.exp(self.data)
        return Value(e, ((self, e),))

    def backward(self, g=1.0):
        self.grad += g
        for child, d in self.edges:
            child.backward(g * d)
