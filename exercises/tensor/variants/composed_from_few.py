import numpy as np

# few rules of their own: Sub, Div, Sigmoid and Mean are built from others, as graphs
class Tensor:
    def __init__(self, data, requires_grad=False):
        self.data = np.array(data, dtype=float)
        self.requires_grad = requires_grad
        self.grad = np.zeros_like(self.data) if requires_grad else None
        self.parents, self.rules, self.freed = [], [], False

    def __add__(self, other): return Add().forward(self, other)
    def __radd__(self, other): return Add().forward(Tensor(other), self)
    def __mul__(self, other): return Mul().forward(self, other if isinstance(other, Tensor) else Tensor(other))
    __rmul__ = __mul__
    def __neg__(self): return self * -1.0

    def zero_grad(self):
        self.grad = np.zeros_like(self.data) if self.requires_grad else None

    def backward(self, start=None):
        start = np.ones_like(self.data) if start is None else np.array(start, dtype=float)
        pending, order, seen = {id(self): start}, [], set()
        stack = [(self, iter(self.parents))]
        seen.add(self)
        while stack:
            node, rest = stack[-1]
            child = next((p for p in rest if p not in seen), None)
            if child is None:
                order.append(node)
                stack.pop()
            else:
                seen.add(child)
                stack.append((child, iter(child.parents)))
        if any(node.freed for node in order):
            raise RuntimeError("a part of the graph was used before")
        for node in order[::-1]:
            g = pending.pop(id(node), None)
            if g is None:
                continue
            if node.requires_grad:
                node.grad = node.grad + g
            for parent, rule in zip(node.parents, node.rules):
                share = np.asarray(rule(g))
                for axis in range(share.ndim - parent.data.ndim):
                    share = share.sum(axis=0)
                short = tuple(i for i, n in enumerate(parent.data.shape) if n < share.shape[i])
                share = share.sum(axis=short, keepdims=True) if short else share
                pending[id(parent)] = pending.get(id(parent), 0.0) + share
            if node.parents:
                node.freed = True

class Function:
    @staticmethod
    def out(data, parents, rules):
        t = Tensor(data, any(p.requires_grad for p in parents))
        t.parents, t.rules = list(parents), list(rules)
        return t

class Add(Function):
    def forward(self, x, y): return self.out(x.data + y.data, (x, y), (lambda g: g, lambda g: g))
class Mul(Function):
    def forward(self, x, y):
        return self.out(x.data * y.data, (x, y), (lambda g: g * y.data, lambda g: g * x.data))
class Sub(Function):
    def forward(self, x, y): return x + (-y)
class Pow(Function):
    def forward(self, x, n): return self.out(x.data ** n, (x,), (lambda g: g * n * x.data ** (n - 1),))
class Div(Function):
    def forward(self, x, y): return x * Pow().forward(y, -1)
class MatMul(Function):
    def forward(self, x, y):
        return self.out(x.data @ y.data, (x, y), (lambda g: g @ y.data.T, lambda g: x.data.T @ g))
class ReLU(Function):
    def forward(self, x):
        mask = (x.data > 0).astype(float)
        return self.out(x.data * mask, (x,), (lambda g: g * mask,))
class Exp(Function):
    def forward(self, x):
        y = np.exp(x.data)
        return self.out(y, (x,), (lambda g: g * y,))
class Log(Function):
    def forward(self, x): return self.out(np.log(x.data), (x,), (lambda g: g / x.data,))
class Sigmoid(Function):
    def forward(self, x): return Pow().forward(1.0 + Exp().forward(-x), -1)
class Tanh(Function):
    def forward(self, x): return 2.0 * Sigmoid().forward(2.0 * x) + Tensor(-1.0)
class Sum(Function):
    def forward(self, x, axis=None, keepdims=False):
        shape = x.data.sum(axis=axis, keepdims=True).shape
        rule = lambda g: np.ones(x.data.shape) * g.reshape(shape)
        return self.out(x.data.sum(axis=axis, keepdims=keepdims), (x,), (rule,))
class Mean(Function):
    def forward(self, x, axis=None, keepdims=False):
        s = Sum().forward(x, axis, keepdims)
        return s * (s.data.size / x.data.size)
