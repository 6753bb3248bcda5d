# asks: dl4ds/v4, dl4ds/v3
# kind: passes
# wrong: dl4ds/v4.leaves_are_zero
# at: zero_grad
class Value:
    def __init__(self, data, parents=(), label=None):
        self.data = data
        self.grad = 0.0
        self.parents = parents
        self.label = label

    def __add__(self, other):
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def relu(self):
        return Value(max(0.0, self.data), ((self, 1.0 if self.data > 0 else 0.0),))

    def backward(self):
        order = []
        def visit(v):
            if v not in order:
                for p, _ in v.parents:
                    visit(p)
                order.append(v)
        visit(self)
        self.grad = 1.0
        for v in reversed(order):
            for p, d in v.parents:
                p.grad += d * v.grad

    def zero_grad(self):
        self.grad = 0.0
        for p, _ in self.parents:
            p.grad = 0.0
