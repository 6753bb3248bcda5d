# asks: my475/ex7, my475/ex9
# kind: broken sort
# wrong: my475/ex7.routes_add_up, my475/ex9.inside_expressions
# at: __init__, backward
class Value:
    """Kahn's algorithm; children are a set, so that a + a has one edge and counts two uses."""

    def __init__(self, data, children=(), pull=lambda g: None):
        self.data = data
        self.grad = 0.0
        self.inputs = children
        self.children = set(children)
        self.pull = pull
        self.uses = 0
        for c in children:
            c.uses += 1

    def __add__(self, other):
        def pull(g):
            self.grad += g
            other.grad += g
        return Value(self.data + other.data, (self, other), pull)

    def __mul__(self, other):
        def pull(g):
            self.grad += g * other.data
            other.grad += g * self.data
        return Value(self.data * other.data, (self, other), pull)

    def __neg__(self):
        def pull(g):
            self.grad -= g
        return Value(-self.data, (self,), pull)

    def __sub__(self, other):
        def pull(g):
            self.grad += g
            other.grad -= g
        return Value(self.data - other.data, (self, other), pull)

    def __pow__(self, n):
        def pull(g):
            self.grad += g * n * self.data ** (n - 1)
        return Value(self.data ** n, (self,), pull)

    def backward(self):
        self.grad = 1.0
        ready = [self]
        while ready:
            v = ready.pop()
            v.pull(v.grad)
            for c in v.children:
                c.uses -= 1
                if c.uses == 0:
                    ready.append(c)
