# asks: sri/arithmetic, sri/gradients, my475/ex9
# kind: powers
# wrong: sri/arithmetic.powers, sri/gradients.powers, my475/ex9.power_values
# at: __pow__
import math

class Value:
    def __init__(self, data, _prev=()):
        self.data = data
        self.grad = 0.0
        self._prev = _prev

    def __add__(self, other):
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def __neg__(self):
        return Value(-self.data, ((self, -1.0),))

    def __sub__(self, other):
        return self + (-other)

    def __truediv__(self, other):
        return Value(self.data / other.data,
                     ((self, 1 / other.data), (other, -self.data / other.data ** 2)))

    def log(self):
        return Value(math.log(self.data), ((self, 1 / self.data),))

    def exp(self):
        e = math.exp(self.data)
        return Value(e, ((self, e),))

    def __pow__(self, n):
        return (Value(n) * self.log()).exp()

    def backward(self):
        topo, seen = [], set()
        def build(v):
            if v not in seen:
                seen.add(v)
                for c, _ in v._prev:
                    build(c)
                topo.append(v)
        build(self)
        self.grad = 1.0
        for v in reversed(topo):
            for c, d in v._prev:
                c.grad += d * v.grad
