"""An engine of arrays whose operations are classes; the tests replace its parts."""

from grader.feedback.repair.edit import CandidateEdit
from tests.feedback.repair.engine import giving

ENGINE = """\
import numpy as np


class Tensor:
    def __init__(self, data, requires_grad=False):
        self.data = np.array(data)
        self.requires_grad = requires_grad
        self.grad = np.zeros_like(self.data)
        self.grad_fn = None
        self.uses = -1

    def backward(self, upstream=1.0):
        self.grad += upstream
        if self.uses > 0:
            self.uses -= 1
        elif self.grad_fn is not None:
            self.grad_fn.backward(self.grad)
            del self.grad_fn

    def zero_grad(self):
        self.grad = np.zeros_like(self.data)

    def __add__(self, other):
        return Add().forward(self, other)


class Function:
    def forward(self, *tensors):
        for tensor in tensors:
            tensor.uses += 1


def fitted(share, shape):
    while share.ndim > len(shape):
        share = share.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            share = share.sum(axis=axis, keepdims=True)
    return share


class Add(Function):
    def forward(self, t1, t2):
        super().forward(t1, t2)
        self.t1, self.t2 = t1, t2
        out = Tensor(t1.data + t2.data, requires_grad=t1.requires_grad or t2.requires_grad)
        out.grad_fn = self
        return out

    def backward(self, upstream):
        self.t1.backward(fitted(upstream, self.t1.data.shape))
        self.t2.backward(fitted(upstream, self.t2.data.shape))


class MatMul(Function):
    def forward(self, left, right):
        super().forward(left, right)
        self.left, self.right = left, right
        product = left.data @ right.data
        out = Tensor(product, requires_grad=left.requires_grad or right.requires_grad)
        out.grad_fn = self
        return out

    def backward(self, upstream):
        self.left.backward(upstream @ self.right.data.T)
        self.right.backward(self.left.data.T @ upstream)


class Exp(Function):
    def forward(self, t):
        super().forward(t)
        self.t = t
        self.out = Tensor(np.exp(t.data), requires_grad=t.requires_grad)
        self.out.grad_fn = self
        return self.out

    def backward(self, upstream):
        self.t.backward(upstream * self.out.data)


class Mean(Function):
    def forward(self, t, axis=None, keepdims=False):
        super().forward(t)
        self.t, self.axis, self.keepdims = t, axis, keepdims
        average = t.data.mean(axis=axis, keepdims=keepdims)
        self.count = t.data.size / average.size
        out = Tensor(average, requires_grad=t.requires_grad)
        out.grad_fn = self
        return out

    def backward(self, upstream):
        if self.axis is not None and not self.keepdims:
            upstream = np.expand_dims(upstream, self.axis)
        self.t.backward(upstream * np.ones_like(self.t.data) / self.count)
"""


def with_array_fault(right: str, wrong: str) -> str:
    """Return the engine with a fault, in the place of a text that stands there once."""
    assert ENGINE.count(right) == 1, right
    return ENGINE.replace(right, wrong)


def mending_arrays(right: str, wrong: str) -> CandidateEdit | None:
    """Return the first edit of an engine with a fault that gives the right one back."""
    return giving(with_array_fault(right, wrong), ENGINE)
