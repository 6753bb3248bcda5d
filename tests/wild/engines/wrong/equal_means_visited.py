# asks: my475/ex7
# kind: equality
# wrong: my475/ex7.equal_numbers
# at: backward, __eq__, __hash__
from dataclasses import dataclass, field

@dataclass
class Value:
    data: float
    grad: float = field(default=0.0, compare=False)
    children: tuple = field(default=(), compare=False)
    rule: object = field(default=None, compare=False)

    def __add__(self, other):
        return Value(self.data + other.data, children=(self, other), rule=lambda g: (g, g))

    def __mul__(self, other):
        return Value(self.data * other.data, children=(self, other),
                     rule=lambda g: (g * other.data, g * self.data))

    def backward(self):
        order = []
        def visit(v):
            if v in order:
                return
            for c in v.children:
                visit(c)
            order.append(v)
        visit(self)
        self.grad = 1.0
        for v in reversed(order):
            if v.rule:
                for c, g in zip(v.children, v.rule(v.grad)):
                    c.grad += g
