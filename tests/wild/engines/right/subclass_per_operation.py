# asks: my475/ex7, my475/ex9
# kind: classes
# new: Var(x)
class Expr:
    data = 0.0
    grad = 0.0
    children = ()

    def __add__(self, other):
        return Add(self, other)

    def __mul__(self, other):
        return Mul(self, other)

    def __sub__(self, other):
        return Sub(self, other)

    def __pow__(self, n):
        return Pow(self, n)

    def __neg__(self):
        return Neg(self)

    def local(self):
        return ()

    def backward(self):
        order = []

        def visit(e):
            if not any(e is o for o in order):
                for c in e.children:
                    visit(c)
                order.append(e)

        visit(self)
        self.grad = 1.0
        for e in reversed(order):
            for c, d in zip(e.children, e.local()):
                c.grad += e.grad * d


class Var(Expr):
    def __init__(self, data):
        self.data = data


class Add(Expr):
    def __init__(self, l, r):
        self.children = (l, r)
        self.data = l.data + r.data

    def local(self):
        return 1.0, 1.0


class Sub(Expr):
    def __init__(self, l, r):
        self.children = (l, r)
        self.data = l.data - r.data

    def local(self):
        return 1.0, -1.0


class Mul(Expr):
    def __init__(self, l, r):
        self.children = (l, r)
        self.data = l.data * r.data

    def local(self):
        l, r = self.children
        return r.data, l.data


class Neg(Expr):
    def __init__(self, e):
        self.children = (e,)
        self.data = -e.data

    def local(self):
        return (-1.0,)


class Pow(Expr):
    def __init__(self, e, n):
        self.children = (e,)
        self.n = n
        self.data = e.data ** n

    def local(self):
        return (self.n * self.children[0].data ** (self.n - 1),)
