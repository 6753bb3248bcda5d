# asks: my475/ex7, my475/ex9
# kind: classes
# wrong: my475/ex7.routes_add_up, my475/ex7.equal_numbers, my475/ex9.inside_expressions
# at: __add__, __mul__, __sub__, __pow__, forward
class Add:
    def forward(self, a, b):
        self.a, self.b = a, b
        return a.data + b.data

    def backward(self, g):
        self.a.grad += g
        self.b.grad += g


class Mul:
    def forward(self, a, b):
        self.a, self.b = a, b
        return a.data * b.data

    def backward(self, g):
        self.a.grad += g * self.b.data
        self.b.grad += g * self.a.data


class Sub:
    def forward(self, a, b):
        self.a, self.b = a, b
        return a.data - b.data

    def backward(self, g):
        self.a.grad += g
        self.b.grad -= g


class Pow:
    def forward(self, a, n):
        self.a, self.n = a, n
        return a.data ** n

    def backward(self, g):
        self.a.grad += g * self.n * self.a.data ** (self.n - 1)


add, mul, sub, power = Add(), Mul(), Sub(), Pow()


class Value:
    def __init__(self, data, op=None, children=()):
        self.data = data
        self.grad = 0.0
        self.op = op
        self.children = children

    def __add__(self, other):
        return Value(add.forward(self, other), add, (self, other))

    def __mul__(self, other):
        return Value(mul.forward(self, other), mul, (self, other))

    def __sub__(self, other):
        return Value(sub.forward(self, other), sub, (self, other))

    def __neg__(self):
        return Value(-1.0) * self

    def __pow__(self, n):
        return Value(power.forward(self, n), power, (self,))

    def backward(self):
        order = []
        def visit(v):
            if v not in order:
                for c in v.children:
                    visit(c)
                order.append(v)
        visit(self)
        self.grad = 1.0
        for v in reversed(order):
            if v.op:
                v.op.backward(v.grad)
