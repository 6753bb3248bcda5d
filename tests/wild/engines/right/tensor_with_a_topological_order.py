# asks: tensor/elementwise, tensor/matmul
# kind: arrays
import numpy as np


class Tensor:
    """No counting of uses: a topological order instead."""

    def __init__(self, data, requires_grad=False):
        self.data = np.asarray(data, dtype=np.float64)
        self.requires_grad = requires_grad
        self.grad = np.zeros_like(self.data) if requires_grad else None
        self.grad_fn = None

    def backward(self, upstream=1.0):
        order, seen = [], set()

        def visit(t):
            if id(t) not in seen and t.requires_grad:
                seen.add(id(t))
                if t.grad_fn:
                    for parent in t.grad_fn.inputs:
                        visit(parent)
                order.append(t)

        visit(self)
        shares = {id(self): np.broadcast_to(upstream, self.data.shape)}
        for t in reversed(order):
            share = shares[id(t)]
            t.grad = t.grad + share
            if t.grad_fn:
                for parent, part in zip(t.grad_fn.inputs, t.grad_fn.shares(share)):
                    if parent.requires_grad:
                        shares[id(parent)] = shares.get(id(parent), 0.0) + part
                t.grad_fn = None

    def zero_grad(self):
        self.grad = np.zeros_like(self.data)

    def __add__(self, other):
        return Add().forward(self, other)


class Function:
    def apply(self, data, *inputs):
        self.inputs = inputs
        out = Tensor(data, any(i.requires_grad for i in inputs))
        if out.requires_grad:
            out.grad_fn = self
        return out


class Add(Function):
    def forward(self, a, b):
        return self.apply(a.data + b.data, a, b)

    def shares(self, g):
        return g, g


class Sub(Function):
    def forward(self, a, b):
        return self.apply(a.data - b.data, a, b)

    def shares(self, g):
        return g, -g


class Mul(Function):
    def forward(self, a, b):
        return self.apply(a.data * b.data, a, b)

    def shares(self, g):
        a, b = self.inputs
        return g * b.data, g * a.data


class Div(Function):
    def forward(self, a, b):
        return self.apply(a.data / b.data, a, b)

    def shares(self, g):
        a, b = self.inputs
        return g / b.data, -g * a.data / (b.data * b.data)


class Pow(Function):
    def forward(self, a, n):
        self.n = n
        return self.apply(a.data ** n, a)

    def shares(self, g):
        (a,) = self.inputs
        return (g * self.n * a.data ** (self.n - 1),)


class MatMul(Function):
    def forward(self, a, b):
        return self.apply(np.matmul(a.data, b.data), a, b)

    def shares(self, g):
        a, b = self.inputs
        return np.matmul(g, np.transpose(b.data)), np.matmul(np.transpose(a.data), g)
