# asks: sri, my475/ex7, my475/ex9
# kind: names
# new: Var(x)
# number: v.value
# gradient: v.gradient
# pass: root.backprop()
import math


class Var:
    def __init__(self, value, parents=()):
        self.value = float(value)
        self.gradient = 0.0
        self.parents = parents      # pairs (variable, local derivative)

    @staticmethod
    def _wrap(x):
        return x if isinstance(x, Var) else Var(x)

    def __add__(self, o):
        o = Var._wrap(o)
        return Var(self.value + o.value, ((self, 1.0), (o, 1.0)))

    def __mul__(self, o):
        o = Var._wrap(o)
        return Var(self.value * o.value, ((self, o.value), (o, self.value)))

    def __sub__(self, o):
        o = Var._wrap(o)
        return Var(self.value - o.value, ((self, 1.0), (o, -1.0)))

    def __truediv__(self, o):
        o = Var._wrap(o)
        return Var(self.value / o.value, ((self, 1.0 / o.value), (o, -self.value / o.value ** 2)))

    def __pow__(self, n):
        return Var(self.value ** n, ((self, n * self.value ** (n - 1)),))

    def __neg__(self):
        return Var(-self.value, ((self, -1.0),))

    def __radd__(self, o):
        return self + o

    def __rmul__(self, o):
        return self * o

    def __rsub__(self, o):
        return Var._wrap(o) - self

    def __rtruediv__(self, o):
        return Var._wrap(o) / self

    def exp(self):
        e = math.exp(self.value)
        return Var(e, ((self, e),))

    def tanh(self):
        t = math.tanh(self.value)
        return Var(t, ((self, 1 - t * t),))

    def backprop(self):
        order, seen = [], set()

        def visit(node):
            if id(node) in seen:
                return
            seen.add(id(node))
            for parent, _ in node.parents:
                visit(parent)
            order.append(node)

        visit(self)
        self.gradient = 1.0
        for node in reversed(order):
            for parent, local in node.parents:
                parent.gradient += local * node.gradient
