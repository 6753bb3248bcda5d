import numpy as np

# Tensor made by a base class under another name; rules return tuples; grads kept in a dictionary
GRADS = {}

class Variable:
    def __init__(self, data, requires_grad=False, creator=None):
        self.data = np.array(data, dtype=np.double)
        self.requires_grad = requires_grad
        self.creator = creator
        self.pending = 0
        self.spent = False
        GRADS[id(self)] = np.zeros(self.data.shape)

    @property
    def grad(self):
        return GRADS[id(self)]

    @grad.setter
    def grad(self, value):
        GRADS[id(self)] = np.array(value)

    def zero_grad(self):
        GRADS[id(self)] = np.zeros(self.data.shape)

    def backward(self, gradient=None):
        if gradient is None:
            gradient = np.ones(self.data.shape)
        self._receive(np.array(gradient))

    def _receive(self, g):
        if not self.requires_grad:
            return
        if self.spent:
            raise RuntimeError("twice")
        GRADS[id(self)] = GRADS[id(self)] + g
        self.pending = max(0, self.pending - 1)
        if self.pending == 0 and self.creator is not None:
            self.spent = True
            for operand, share in zip(self.creator.operands, self.creator.shares(self.grad)):
                operand._receive(_to(np.asarray(share), operand.data.shape))

class Tensor(Variable):
    def __add__(self, other):
        return Add().forward(self, other)
    def __matmul__(self, other):
        return MatMul().forward(self, other)

def _to(g, shape):
    padded = (1,) * (g.ndim - len(shape)) + tuple(shape)
    for axis in range(g.ndim):
        if padded[axis] == 1:
            g = np.apply_along_axis(lambda v: [v.sum()], axis, g)
    return g.reshape(shape)

class Function:
    def forward(self, *operands, **options):
        self.operands = [o for o in operands if isinstance(o, Variable)]
        for o in self.operands:
            o.pending += 1
        self.y = np.asarray(self.compute(*[getattr(o, "data", o) if isinstance(o, Variable) else o for o in operands], **options))
        return Tensor(self.y, any(o.requires_grad for o in self.operands), self)

class Add(Function):
    def compute(self, a, b): return a + b
    def shares(self, g): return g, g
class Sub(Function):
    def compute(self, a, b): return a - b
    def shares(self, g): return g, -g
class Mul(Function):
    def compute(self, a, b):
        self.a, self.b = a, b
        return a * b
    def shares(self, g): return g * self.b, g * self.a
class Div(Function):
    def compute(self, a, b):
        self.b = b
        return a / b
    def shares(self, g): return g / self.b, -g * self.y / self.b
class Pow(Function):
    def compute(self, a, n):
        self.a, self.n = a, n
        return np.power(a, n)
    def shares(self, g): return (g * self.n * np.power(self.a, self.n - 1),)
class MatMul(Function):
    def compute(self, a, b):
        self.a, self.b = a, b
        return np.tensordot(a, b, axes=1)
    def shares(self, g): return np.tensordot(g, self.b, axes=(1, 1)), np.tensordot(self.a, g, axes=(0, 0))
class ReLU(Function):
    def compute(self, a):
        self.on = a > 0
        return np.where(self.on, a, 0.0)
    def shares(self, g): return (np.where(self.on, g, 0.0),)
class Sigmoid(Function):
    def compute(self, a): return np.where(a < 0, np.exp(a) / (1 + np.exp(a)), 1 / (1 + np.exp(-a)))
    def shares(self, g): return (g * self.y * (1 - self.y),)
class Tanh(Function):
    def compute(self, a): return np.sinh(a) / np.cosh(a)
    def shares(self, g): return (g * (1 - self.y ** 2),)
class Exp(Function):
    def compute(self, a): return np.e ** a
    def shares(self, g): return (g * self.y,)
class Log(Function):
    def compute(self, a):
        self.a = a
        return np.log(a)
    def shares(self, g): return (g / self.a,)
class Sum(Function):
    def compute(self, a, axis=None, keepdims=False):
        self.shape = a.shape
        self.kept = [1 if axis is None or i == axis % a.ndim else n for i, n in enumerate(a.shape)]
        return np.add.reduce(a, axis=axis, keepdims=keepdims) if axis is not None else a.sum(keepdims=keepdims)
    def shares(self, g): return (np.tile(g.reshape(self.kept), [n // k for n, k in zip(self.shape, self.kept)]),)
class Mean(Sum):
    def compute(self, a, axis=None, keepdims=False):
        total = super().compute(a, axis, keepdims)
        self.n = a.size / np.size(total)
        return total / self.n
    def shares(self, g): return (super().shares(g)[0] / self.n,)
