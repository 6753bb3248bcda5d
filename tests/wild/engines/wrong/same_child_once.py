# asks: my475/ex7, sri/gradients
# kind: children
# wrong: my475/ex7.routes_add_up, sri/gradients.used_twice
# at: __init__, __add__, __sub__, __mul__, __truediv__
class Value:
    def __init__(self, data, slopes=None):
        self.data = data
        self.grad = 0.0
        self.slopes = slopes or {}

    def __add__(self, other):
        return Value(self.data + other.data, {self: 1.0, other: 1.0})

    def __sub__(self, other):
        return Value(self.data - other.data, {self: 1.0, other: -1.0})

    def __mul__(self, other):
        return Value(self.data * other.data, {self: other.data, other: self.data})

    def __truediv__(self, other):
        return Value(self.data / other.data,
                     {self: 1 / other.data, other: -self.data / other.data ** 2})

    def __neg__(self):
        return Value(-self.data, {self: -1.0})

    def __pow__(self, n):
        return Value(self.data ** n, {self: n * self.data ** (n - 1)})

    def backward(self):
        order, seen = [], set()
        def visit(v):
            if v not in seen:
                seen.add(v)
                for c in v.slopes:
                    visit(c)
                order.append(v)
        visit(self)
        self.grad = 1.0
        for v in reversed(order):
            for c, d in v.slopes.items():
                c.grad += d * v.grad
