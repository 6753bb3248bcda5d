import numpy as np

# micrograd on arrays: closures and a topological order, whatever the Functions are called
class Tensor:
    def __init__(self, data, requires_grad=False, _children=()):
        self.data = np.asarray(data, dtype=float)
        self.requires_grad = requires_grad
        self.grad = np.zeros_like(self.data)
        self._children = _children
        self._backward = None
        self.done = False

    def backward(self, seed=None):
        topo, seen = [], set()
        def build(v):
            if id(v) not in seen:
                seen.add(id(v))
                for c in v._children:
                    build(c)
                topo.append(v)
        build(self)
        if any(v.done for v in topo):
            raise RuntimeError("this graph has been used")
        self.grad = self.grad + (np.ones_like(self.data) if seed is None else np.asarray(seed, float))
        for v in reversed(topo):
            if v._backward:
                v._backward(v.grad)
                v.done = True

    def zero_grad(self):
        self.grad = np.zeros_like(self.data)

    def __add__(self, o): return Add().forward(self, o)
    def __mul__(self, o): return Mul().forward(self, o)
    def __neg__(self): return Sub().forward(Tensor(np.zeros_like(self.data)), self)
    def __sub__(self, o): return Sub().forward(self, o)

def shrink(g, like):
    g = np.array(g)
    while g.ndim > like.ndim:
        g = g.sum(0)
    for k in range(like.ndim):
        if like.shape[k] == 1 and g.shape[k] != 1:
            g = g.sum(k, keepdims=True)
    return g

def node(data, inputs, *rules):
    out = Tensor(data, any(t.requires_grad for t in inputs), tuple(inputs))
    def _backward(g):
        for t, rule in zip(inputs, rules):
            if t.requires_grad:
                t.grad = t.grad + shrink(rule(g), t.data)
    out._backward = _backward
    return out

class Add:
    def forward(self, a, b): return node(a.data + b.data, [a, b], lambda g: g, lambda g: g)
class Sub:
    def forward(self, a, b): return node(a.data - b.data, [a, b], lambda g: g, lambda g: -g)
class Mul:
    def forward(self, a, b):
        return node(a.data * b.data, [a, b], lambda g: g * b.data, lambda g: g * a.data)
class Div:
    def forward(self, a, b):
        return node(a.data / b.data, [a, b], lambda g: g / b.data, lambda g: -g * a.data / b.data / b.data)
class Pow:
    def forward(self, a, n): return node(a.data ** n, [a], lambda g: g * n * a.data ** (n - 1))
class MatMul:
    def forward(self, a, b):
        return node(a.data.dot(b.data), [a, b], lambda g: g.dot(b.data.T), lambda g: a.data.T.dot(g))
class ReLU:
    def forward(self, a): return node((a.data > 0) * a.data, [a], lambda g: (a.data > 0) * g)
class Sigmoid:
    def forward(self, a):
        s = .5 * (1 + np.tanh(a.data / 2))
        return node(s, [a], lambda g: g * s * (1 - s))
class Tanh:
    def forward(self, a):
        s = np.tanh(a.data)
        return node(s, [a], lambda g: g * (1 - s * s))
class Exp:
    def forward(self, a):
        s = np.exp(a.data)
        return node(s, [a], lambda g: g * s)
class Log:
    def forward(self, a): return node(np.log(a.data), [a], lambda g: g / a.data)
class Sum:
    def forward(self, a, axis=None, keepdims=False):
        def rule(g):
            g = g if keepdims or axis is None else np.expand_dims(g, axis)
            return g + np.zeros_like(a.data)
        return node(a.data.sum(axis, keepdims=keepdims), [a], rule)
class Mean:
    def forward(self, a, axis=None, keepdims=False):
        n = a.data.size if axis is None else a.data.shape[axis]
        return Div().forward(Sum().forward(a, axis, keepdims), Tensor(float(n)))
