# asks: my475/ex7, sri/functions
# kind: detached
# wrong: sri/functions.tanh_gradient, sri/functions.exp_gradient
# at: tanh, exp
# tanh: tanh(v)
# exp: exp(v)
import numpy as np

class Value:
    def __init__(self, data, kids=()):
        self.data, self.kids = data, kids
        self.grad = 0.0

    def __add__(self, other):
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def backward(self):
        topo = []
        def visit(v):
            if v not in topo:
                for kid, _ in v.kids:
                    visit(kid)
                topo.append(v)
        visit(self)
        self.grad = 1.0
        for v in topo[::-1]:
            for kid, d in v.kids:
                kid.grad += d * v.grad

def tanh(v):
    return Value(np.tanh(v.data))

def exp(v):
    return Value(np.exp(v.data))
