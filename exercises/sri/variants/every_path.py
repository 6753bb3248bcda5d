import math
# adds along every path: slow, and right
class Value:
    def __init__(self, data, edges=()):
        self.data = data; self.grad = 0.0; self.edges = edges
    @property
    def _prev(self): return [n for n, _ in self.edges]
    def __add__(self, o):
        o = Value(o) if isinstance(o, (int, float)) else o
        return Value(self.data + o.data, ((self, 1.0), (o, 1.0)))
    def __mul__(self, o):
        o = Value(o) if isinstance(o, (int, float)) else o
        return Value(self.data * o.data, ((self, o.data), (o, self.data)))
    def __pow__(self, n): return Value(self.data ** n, ((self, n * self.data ** (n - 1)),))
    def __neg__(self): return Value(-self.data, ((self, -1.0),))
    def __sub__(self, o): return self + (-o)
    def __truediv__(self, o): return self * (o ** -1)
    def __radd__(self, o): return self + o
    def __rmul__(self, o): return self * o
    def __rsub__(self, o): return -(self - o)
    def __rtruediv__(self, o): return (self ** -1) * o
    def exp(self):
        e = math.exp(self.data); return Value(e, ((self, e),))
    def tanh(self):
        t = math.tanh(self.data); return Value(t, ((self, 1 - t * t),))
    def backward(self, g=1.0):
        self.grad += g
        for n, s in self.edges: n.backward(g * s)
