# asks: sri/gradients, my475/ex7
# kind: shortcuts
# wrong: sri/gradients.products, my475/ex7.equal_numbers
# at: __mul__, __add__
class Value:
    def __init__(self, data, _prev=()):
        self.data = data
        self.grad = 0.0
        self._prev = _prev

    def __add__(self, other):
        if other.data == 0:
            return Value(self.data, ((self, 1.0),))
        if self.data == 0:
            return Value(other.data, ((other, 1.0),))
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        if self.data == 0 or other.data == 0:
            return Value(0.0)     # nothing to do
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def __neg__(self):
        return Value(-self.data, ((self, -1.0),))

    def __sub__(self, other):
        return self + (-other)

    def __truediv__(self, other):
        return Value(self.data / other.data,
                     ((self, 1 / other.data), (other, -self.data / other.data ** 2)))

    def __pow__(self, n):
        return Value(self.data ** n, ((self, n * self.data ** (n - 1)),))

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
