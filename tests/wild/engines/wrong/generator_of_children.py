# asks: my475/ex7
# kind: children
# wrong: my475/ex7.routes_add_up, my475/ex7.equal_numbers
# at: __init__
class Value:
    def __init__(self, data, children=()):
        self.data = data
        self.grad = 0.0
        self.children = (c for c in children)
        self.rule = lambda: None

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other))
        def rule():
            self.grad += out.grad
            other.grad += out.grad
        out.rule = rule
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other))
        def rule():
            self.grad += out.grad * other.data
            other.grad += out.grad * self.data
        out.rule = rule
        return out

    def reset(self):
        for c in self.children:
            c.reset()
        self.grad = 0.0

    def backward(self):
        self.reset()
        self.grad = 1.0
        order, seen = [], set()
        def visit(v):
            if v not in seen:
                for c in v.children:
                    visit(c)
                seen.add(v)
                order.append(v)
        visit(self)
        for v in reversed(order):
            v.rule()
