import math
# no closures: rules as a table on the class; creation order is the order
class Value:
    __slots__ = ("data", "grad", "_prev", "op", "k", "n")
    count = 0
    def __init__(self, data, _prev=(), op=None, k=None):
        self.data, self.grad, self._prev, self.op, self.k = data, 0, _prev, op, k
        Value.count += 1
        self.n = Value.count
    def __add__(self, o): o = lift(o); return Value(self.data + o.data, (self, o), "+")
    __radd__ = __add__
    def __mul__(self, o): o = lift(o); return Value(self.data * o.data, (self, o), "*")
    __rmul__ = __mul__
    def __neg__(self): return self * -1
    def __sub__(self, o): return self + -lift(o)
    def __rsub__(self, o): return lift(o) - self
    def __pow__(self, k): return Value(self.data ** k, (self,), "**", k)
    def __truediv__(self, o): return self * lift(o) ** -1
    def __rtruediv__(self, o): return lift(o) / self
    def tanh(self): return Value(math.tanh(self.data), (self,), "tanh")
    def exp(self): return Value(math.exp(self.data), (self,), "exp")
    def pull(self):
        g, p = self.grad, self._prev
        if self.op == "+":
            p[0].grad += g; p[1].grad += g
        elif self.op == "*":
            p[0].grad += g * p[1].data; p[1].grad += g * p[0].data
        elif self.op == "**": p[0].grad += g * self.k * p[0].data ** (self.k - 1)
        elif self.op == "tanh": p[0].grad += g * (1 - self.data ** 2)
        elif self.op == "exp": p[0].grad += g * self.data
    def backward(self):
        found, todo = set(), [self]
        while todo:
            v = todo.pop()
            if v not in found:
                found.add(v); todo.extend(v._prev)
        self.grad = 1
        for v in sorted(found, key=lambda v: -v.n): v.pull()
def lift(x): return x if isinstance(x, Value) else Value(x)
