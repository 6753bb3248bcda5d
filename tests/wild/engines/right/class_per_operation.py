# asks: sri, my475/ex7, my475/ex9
# kind: classes
import math


class Op:
    def __init__(self, *inputs):
        self.inputs = inputs

    def __call__(self):
        out = Value(self.forward(*[i.data for i in self.inputs]))
        out.op = self
        return out


class Add(Op):
    def forward(self, a, b):
        return a + b

    def backward(self, g):
        return g, g


class Mul(Op):
    def forward(self, a, b):
        return a * b

    def backward(self, g):
        a, b = self.inputs
        return g * b.data, g * a.data


class Power(Op):
    def __init__(self, base, n):
        super().__init__(base)
        self.n = n

    def forward(self, a):
        return a ** self.n

    def backward(self, g):
        (a,) = self.inputs
        return (g * self.n * a.data ** (self.n - 1),)


class Tanh(Op):
    def forward(self, a):
        self.t = math.tanh(a)
        return self.t

    def backward(self, g):
        return (g * (1 - self.t ** 2),)


class Exp(Op):
    def forward(self, a):
        self.e = math.exp(a)
        return self.e

    def backward(self, g):
        return (g * self.e,)


class Value:
    def __init__(self, data):
        self.data = data
        self.grad = 0.0
        self.op = None

    @property
    def children(self):
        return self.op.inputs if self.op else ()

    def __add__(self, other): return Add(self, value(other))()
    def __radd__(self, other): return Add(value(other), self)()
    def __mul__(self, other): return Mul(self, value(other))()
    def __rmul__(self, other): return Mul(value(other), self)()
    def __neg__(self): return Mul(self, Value(-1.0))()
    def __sub__(self, other): return Add(self, -value(other))()
    def __rsub__(self, other): return Add(value(other), -self)()
    def __pow__(self, n): return Power(self, n)()
    def __truediv__(self, other): return Mul(self, value(other) ** -1)()
    def __rtruediv__(self, other): return Mul(value(other), self ** -1)()
    def tanh(self): return Tanh(self)()
    def exp(self): return Exp(self)()

    def backward(self):
        order, seen = [], set()

        def visit(v):
            if id(v) not in seen:
                seen.add(id(v))
                for c in v.children:
                    visit(c)
                order.append(v)

        visit(self)
        self.grad = 1.0
        for v in reversed(order):
            if v.op:
                for c, g in zip(v.children, v.op.backward(v.grad)):
                    c.grad += g


def value(x):
    return x if isinstance(x, Value) else Value(float(x))
