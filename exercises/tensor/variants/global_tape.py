import numpy as np

# one tape for all: each entry knows its result, its operands and its rule; a pass reads it backwards
TAPE = []

class Tensor:
    def __init__(self, data, requires_grad=False):
        self.data = np.array(data, dtype="float64")
        self.requires_grad = requires_grad
        self.zero_grad()

    def zero_grad(self):
        self.grad = 0 * self.data

    def backward(self, g=None):
        mine = [entry for entry in TAPE if entry[0] is self]
        if getattr(self, "is_result", False) and not mine:
            raise ValueError("nothing on the tape leads here any more")
        self.grad = self.grad + (1 if g is None else np.array(g))
        reached = {id(self)}
        for entry in list(reversed(TAPE)):
            out, operands, rule = entry
            if id(out) in reached:
                TAPE.remove(entry)
                for t, share in zip(operands, rule(out.grad)):
                    reached.add(id(t))
                    if t.requires_grad:
                        t.grad = t.grad + total(share, t)

    def __add__(self, other):
        return Add().forward(self, other)
    def __rmul__(self, number):
        return Mul().forward(Tensor(float(number)), self)

class Entry(list):
    __eq__ = object.__eq__
    __hash__ = object.__hash__

def total(share, t):
    out = np.zeros_like(t.data)
    share = np.asarray(share)
    if share.shape == out.shape:
        return share
    extra = share.ndim - out.ndim
    for where in np.ndindex(share.shape):
        at = tuple(i if n > 1 else 0 for i, n in zip(where[extra:], out.shape))
        out[at] += share[where]
    return out

def record(data, operands, rule):
    out = Tensor(data, max(t.requires_grad for t in operands))
    out.is_result = True
    TAPE.append(Entry([out, operands, rule]))
    return out

class Function:
    def backward(self, g):
        raise NotImplementedError("see the tape")

class Add(Function):
    def forward(self, a, b):
        return record(a.data + b.data, [a, b], lambda g: [g, g])
class Sub(Function):
    def forward(self, a, b):
        return record(a.data - b.data, [a, b], lambda g: [g, -g])
class Mul(Function):
    def forward(self, a, b):
        return record(a.data * b.data, [a, b], lambda g: [g * b.data, a.data * g])
class Div(Function):
    def forward(self, a, b):
        return record(a.data / b.data, [a, b], lambda g: [g / b.data, -(g * a.data) / (b.data * b.data)])
class Pow(Function):
    def forward(self, a, n):
        return record(a.data ** n, [a], lambda g: [g * (n * a.data ** (n - 1.0))])
class MatMul(Function):
    def forward(self, a, b):
        return record(a.data @ b.data, [a, b], lambda g: [(b.data @ g.T).T, a.data.T @ g])
class ReLU(Function):
    def forward(self, a):
        return record(np.maximum(0, a.data), [a], lambda g: [g * np.sign(np.maximum(0, a.data))])
class Sigmoid(Function):
    def forward(self, a):
        y = np.reciprocal(1 + np.exp(-a.data))
        return record(y, [a], lambda g: [g * y * (1 - y)])
class Tanh(Function):
    def forward(self, a):
        y = np.tanh(a.data)
        return record(y, [a], lambda g: [g - g * y ** 2])
class Exp(Function):
    def forward(self, a):
        return record(np.exp(a.data), [a], lambda g: [g * np.exp(a.data)])
class Log(Function):
    def forward(self, a):
        return record(np.log(a.data), [a], lambda g: [g / a.data])
class Sum(Function):
    def forward(self, a, axis=None, keepdims=False):
        def rule(g):
            if axis is None:
                return [np.full(a.data.shape, g.item())]
            g = g if keepdims else np.expand_dims(g, axis)
            return [np.repeat(g, a.data.shape[axis], axis=axis)]
        return record(np.sum(a.data, axis=axis, keepdims=keepdims), [a], rule)
class Mean(Function):
    def forward(self, a, axis=None, keepdims=False):
        n = a.data.size if axis is None else a.data.shape[axis]
        return Mul().forward(Sum().forward(a, axis=axis, keepdims=keepdims), Tensor(1 / n))
