# asks: sri/reflected, sri/gradients
# kind: numbers for nodes
# wrong: sri/reflected.plus, sri/reflected.times
# at: __add__, __mul__, __radd__, __rmul__
class Value:
    def __init__(self, data, _prev=()):
        self.data = data
        self.grad = 0.0
        self._prev = _prev

    def __add__(self, other):
        if isinstance(other, (int, float)):
            return self.data + other
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        if isinstance(other, (int, float)):
            return self.data * other
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def __radd__(self, other): return self + other
    def __rmul__(self, other): return self * other

    def __neg__(self):
        return Value(-self.data, ((self, -1.0),))

    def __sub__(self, other):
        if isinstance(other, (int, float)):
            other = Value(other)
        return Value(self.data - other.data, ((self, 1.0), (other, -1.0)))

    def __rsub__(self, other):
        return Value(other) - self

    def __truediv__(self, other):
        if isinstance(other, (int, float)):
            other = Value(other)
        return Value(self.data / other.data,
                     ((self, 1 / other.data), (other, -self.data / other.data ** 2)))

    def __rtruediv__(self, other):
        return Value(other) / self

    def __pow__(self, n):
        return Value(self.data ** n, ((self, n * self.data ** (n - 1)),))

    def backward(self):
        order, seen = [], set()
        def visit(v):
            if v not in seen:
                seen.add(v)
                for c, _ in v._prev:
                    visit(c)
                order.append(v)
        visit(self)
        self.grad = 1.0
        for v in reversed(order):
            for c, d in v._prev:
                c.grad += d * v.grad
