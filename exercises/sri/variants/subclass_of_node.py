import math
class Node:
    """Base with arithmetic; results are of the subclass."""
    def __init__(self, data, children=(), _op="", label=""):
        self.data, self.grad, self.children, self._backward = data, 0.0, frozenset(children), lambda: None
    def _num(self, o): return o if isinstance(o, Node) else Value(o)
    def __add__(self, o):
        o = self._num(o); out = Value(self.data + o.data, (self, o))
        def rule(): self.grad += out.grad; o.grad += out.grad
        out._backward = rule; return out
    def __mul__(self, o):
        o = self._num(o); out = Value(self.data * o.data, (self, o))
        def rule(): self.grad += out.grad * o.data; o.grad += out.grad * self.data
        out._backward = rule; return out
    def __pow__(self, n):
        out = Value(self.data ** n, (self,))
        def rule(): self.grad += out.grad * n * self.data ** (n - 1)
        out._backward = rule; return out
    def __truediv__(self, o):
        o = self._num(o); out = Value(self.data / o.data, (self, o))
        def rule():
            self.grad += out.grad / o.data
            o.grad += -out.grad * out.data / o.data
        out._backward = rule; return out
    def __sub__(self, o):
        o = self._num(o); out = Value(self.data - o.data, (self, o))
        def rule(): self.grad += out.grad; o.grad -= out.grad
        out._backward = rule; return out
    def __neg__(self): return 0 - self
    def __radd__(self, o): return Value(o) + self
    def __rmul__(self, o): return Value(o) * self
    def __rsub__(self, o): return Value(o) - self
    def __rtruediv__(self, o): return Value(o) / self
class Value(Node):
    def __repr__(self): return f"<{self.data:.4f}>"
    def exp(self):
        out = Value(math.e ** self.data, (self,))
        def rule(): self.grad += out.grad * out.data
        out._backward = rule; return out
    def tanh(self):
        out = Value(1 - 2 / (math.exp(2 * self.data) + 1), (self,))
        def rule(): self.grad += out.grad / math.cosh(self.data) ** 2
        out._backward = rule; return out
    def backward(self):
        def order(v, done, out):
            if v in done: return out
            done.add(v)
            for c in v.children: order(c, done, out)
            out.insert(0, v)
            return out
        self.grad = 1.0
        [v._backward() for v in order(self, set(), [])]
