# asks: my475/ex7, my475/ex9
# kind: constructors
class Value(object):
    def __init__(self, data, grad=0.0, op=None, deps=None):
        self.data = data
        self.grad = grad
        self.op = op
        self.deps = deps or []

    def __add__(self, other):
        return Value(self.data + other.data, op="add", deps=[self, other])

    def __mul__(self, other):
        return Value(self.data * other.data, op="mul", deps=[self, other])

    def __sub__(self, other):
        return Value(self.data - other.data, op="sub", deps=[self, other])

    def __neg__(self):
        return Value(-self.data, op="neg", deps=[self])

    def __pow__(self, n):
        return Value(self.data ** n, op=("pow", n), deps=[self])

    def backward(self):
        order = self.sorted()
        self.grad = 1.0
        for v in reversed(order):
            v.distribute()

    def sorted(self):
        order = []
        def visit(v):
            if all(v is not o for o in order):
                for d in v.deps:
                    visit(d)
                order.append(v)
        visit(self)
        return order

    def distribute(self):
        g = self.grad
        if self.op == "add":
            for d in self.deps:
                d.grad += g
        elif self.op == "mul":
            a, b = self.deps
            a.grad, b.grad = a.grad + g * b.data, b.grad + g * a.data if a is not b else a.grad + g * b.data
            if a is b:
                a.grad += g * b.data
        elif self.op == "sub":
            a, b = self.deps
            a.grad += g
            b.grad -= g
        elif self.op == "neg":
            self.deps[0].grad -= g
        elif isinstance(self.op, tuple):
            n = self.op[1]
            self.deps[0].grad += g * n * self.deps[0].data ** (n - 1)
