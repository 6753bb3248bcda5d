# asks: sri/functions, my475/ex7
# kind: functions
# new: Value(x)
# tanh: tanh(v)
# exp: exp(v)
import math

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
    t = math.tanh(v.data)
    return Value(t, ((v, 1 - t**2),))

def exp(v):
    e = math.exp(v.data)
    return Value(e, ((v, e),))
