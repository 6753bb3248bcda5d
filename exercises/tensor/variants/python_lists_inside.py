from dataclasses import dataclass, field

import numpy as np

# dataclasses; the way back is a queue over uses counted beforehand
@dataclass(eq=False)
class Tensor:
    data: object
    requires_grad: bool = False
    source: object = field(default=None, repr=False)
    grad: object = field(default=None, repr=False)
    freed: bool = False

    def __post_init__(self):
        self.data = np.array(self.data, dtype=float)
        self.zero_grad()

    def zero_grad(self):
        self.grad = np.zeros_like(self.data)

    def __add__(self, other):
        return Add().forward(self, other)

    def backward(self, grad=1.0):
        uses, found = {}, [self]
        for node in found:
            if node.freed:
                raise RuntimeError("freed")
            for operand in node.source.inputs if node.source else ():
                if operand not in uses:
                    found.append(operand)
                uses[operand] = uses.get(operand, 0) + 1
        self.grad += np.array(grad, dtype=float)
        queue = [self]
        while queue:
            node = queue.pop(0)
            if not node.source:
                continue
            for operand, part in zip(node.source.inputs, node.source.backward(node.grad)):
                if operand.requires_grad:
                    operand.grad += collapse(part, operand.grad.shape)
                uses[operand] -= 1
                if uses[operand] == 0:
                    queue.append(operand)
            node.freed = True

def collapse(part, shape):
    part = np.asarray(part)
    if part.shape == shape:
        return part
    if part.ndim > len(shape):
        return collapse(part.sum(axis=0), shape)
    axis = next(i for i, (n, m) in enumerate(zip(part.shape, shape)) if n != m)
    return collapse(part.sum(axis=axis, keepdims=True), shape)

class Function:
    def output(self, data, *inputs):
        self.inputs = inputs
        return Tensor(data, any(t.requires_grad for t in inputs), self)

class Add(Function):
    def forward(self, t1, t2): return self.output(t1.data + t2.data, t1, t2)
    def backward(self, g): return g, g
class Sub(Function):
    def forward(self, t1, t2): return self.output(t1.data - t2.data, t1, t2)
    def backward(self, g): return g, -g
class Mul(Function):
    def forward(self, t1, t2): return self.output(t1.data * t2.data, t1, t2)
    def backward(self, g): return [g * t.data for t in reversed(self.inputs)]
class Div(Function):
    def forward(self, t1, t2): return self.output(t1.data / t2.data, t1, t2)
    def backward(self, g):
        top, bottom = (t.data for t in self.inputs)
        return g / bottom, g * top * -(bottom ** -2.0)
class Pow(Function):
    def forward(self, t, n):
        self.n = n
        return self.output(t.data ** n, t)
    def backward(self, g): return [g * self.n * self.inputs[0].data ** (self.n - 1)]
class MatMul(Function):
    def forward(self, t1, t2):
        rows = [[float(np.dot(row, column)) for column in t2.data.T] for row in t1.data]
        return self.output(rows, t1, t2)
    def backward(self, g):
        a, b = (t.data for t in self.inputs)
        return [[np.dot(row, other) for other in b] for row in g], [[np.dot(c, d) for d in g.T] for c in a.T]
class ReLU(Function):
    def forward(self, t): return self.output((t.data + np.abs(t.data)) / 2, t)
    def backward(self, g): return [g * (1 + np.sign(self.inputs[0].data)) / 2]
class Sigmoid(Function):
    def forward(self, t):
        self.s = 1 / (1 + np.exp(-t.data))
        return self.output(self.s, t)
    def backward(self, g): return [g * self.s * (1 - self.s)]
class Tanh(Function):
    def forward(self, t):
        self.s = np.tanh(t.data)
        return self.output(self.s, t)
    def backward(self, g): return [g * (1 - self.s ** 2)]
class Exp(Function):
    def forward(self, t):
        self.s = np.exp(t.data)
        return self.output(self.s, t)
    def backward(self, g): return [g * self.s]
class Log(Function):
    def forward(self, t): return self.output(np.log(t.data), t)
    def backward(self, g): return [g * t.data ** -1.0 for t in self.inputs]
class Sum(Function):
    def forward(self, t, axis=None, keepdims=False):
        self.axis, self.drop = axis, axis is not None and not keepdims
        return self.output(t.data.sum(axis=axis, keepdims=keepdims), t)
    def backward(self, g):
        g = np.expand_dims(g, self.axis) if self.drop else g
        return [g + np.zeros_like(self.inputs[0].data)]
class Mean(Sum):
    def forward(self, t, axis=None, keepdims=False):
        out = super().forward(t, axis, keepdims)
        self.share = out.data.size / t.data.size
        out.data *= self.share
        return out
    def backward(self, g): return super().backward(g * self.share)
