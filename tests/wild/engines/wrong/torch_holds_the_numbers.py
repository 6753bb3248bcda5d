# asks: my475/ex7
# kind: numbers
# wrong: my475/ex7.equal_numbers
# at: __mul__
# clear: v.grad = torch.tensor(0.0)
# number: float(v.data)
# gradient: float(v.grad)
# precision: 1e-4
import torch

class Value:
    def __init__(self, data, children=()):
        self.data = torch.tensor(float(data))
        self.grad = torch.tensor(0.0)
        self.children = children
        self.rule = None

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other))
        def rule():
            self.grad = self.grad + out.grad
            other.grad = other.grad + out.grad
        out.rule = rule
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other))
        def rule():
            self.grad = self.grad + other.data * out.grad
            other.grad = other.grad + out.grad
        out.rule = rule
        return out

    def __neg__(self):
        return self * Value(-1.0)

    def __sub__(self, other):
        return self + (-other)

    def __pow__(self, n):
        out = Value(self.data ** n, (self,))
        def rule():
            self.grad = self.grad + n * self.data ** (n - 1) * out.grad
        out.rule = rule
        return out

    def backward(self):
        order, seen = [], set()
        def go(v):
            if id(v) not in seen:
                seen.add(id(v))
                for c in v.children:
                    go(c)
                order.append(v)
        go(self)
        self.grad = torch.tensor(1.0)
        for v in reversed(order):
            if v.rule:
                v.rule()
