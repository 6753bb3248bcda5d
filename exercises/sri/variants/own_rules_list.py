from math import tanh, exp
# own rules everywhere, list children, gradients zeroed inside backward, explicit stack
class Scalar:
    def __init__(self, value, parents=None, op=""):
        self.data = float(value)
        self.children = list(parents or [])
        self.op = op
        self.grad = 0.0
        self._backward = self.nothing
    def nothing(self): pass
    @staticmethod
    def wrap(x): return x if isinstance(x, Scalar) else Scalar(x)
    @classmethod
    def make(cls, value, parents, op, slopes):
        out = cls(value, parents, op)
        def _backward():
            for p, s in zip(parents, slopes): p.grad += s * out.grad
        out._backward = _backward
        return out
    def __add__(self, o):
        o = self.wrap(o); return self.make(self.data + o.data, [self, o], "+", [1, 1])
    def __sub__(self, o):
        o = self.wrap(o); return self.make(self.data - o.data, [self, o], "-", [1, -1])
    def __mul__(self, o):
        o = self.wrap(o); return self.make(self.data * o.data, [self, o], "*", [o.data, self.data])
    def __truediv__(self, o):
        o = self.wrap(o); return self.make(self.data / o.data, [self, o], "/", [1 / o.data, -self.data / o.data ** 2])
    def __neg__(self): return self.make(-self.data, [self], "neg", [-1.0])
    def __pow__(self, n): return self.make(self.data ** n, [self], "**", [n * self.data ** (n - 1)])
    def __radd__(self, o): return self.wrap(o) + self
    def __rmul__(self, o): return self.wrap(o) * self
    def __rsub__(self, o): return self.wrap(o) - self
    def __rtruediv__(self, o): return self.wrap(o) / self
    def tanh(self):
        t = tanh(self.data); return self.make(t, [self], "tanh", [1 - t * t])
    def exp(self):
        e = exp(self.data); return self.make(e, [self], "exp", [e])
    def backward(self):
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            node, done = stack.pop()
            if done: order.append(node); continue
            if id(node) in seen: continue
            seen.add(id(node)); stack.append((node, True))
            stack.extend((c, False) for c in node.children)
        for n in order: n.grad = 0.0
        self.grad = 1.0
        for n in order[::-1]: n._backward()
        return order
