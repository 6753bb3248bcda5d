import numpy as np


class Tensor:
    """An array, a node of a computation graph. Given: nothing here needs a change."""

    def __init__(self, data, requires_grad=False):
        self.data = np.array(data)
        self.requires_grad = requires_grad
        if requires_grad:
            self.grad = np.zeros_like(self.data)
        self.grad_fn = None
        self.num_forward = -1  # how many Functions use this tensor, less one

    def backward(self, upstream=1.0):
        """Add a share to the gradient; with the last share, send the sum on and free the graph."""
        if not self.requires_grad:
            return
        self.grad += upstream
        if self.num_forward > 0:
            self.num_forward -= 1
        elif self.grad_fn is not None:
            self.grad_fn.backward(self.grad)
            del self.grad_fn

    def zero_grad(self):
        """Forget what has been added up."""
        self.grad = np.zeros_like(self.data)

    def __add__(self, other):
        return Add().forward(self, other)


class Function:
    """An operation on tensors. Given."""

    def forward(self, *tensors):
        """Count a use of each operand; subclasses calculate besides."""
        for tensor in tensors:
            tensor.num_forward += 1

    def backward(self, upstream):
        """Send each operand its share of the gradient of the result."""


class Add(Function):
    """t1 + t2, of equal shapes. Given, as an example."""

    def forward(self, t1, t2):
        super().forward(t1, t2)
        self.t1, self.t2 = t1, t2
        out = Tensor(t1.data + t2.data, requires_grad=t1.requires_grad or t2.requires_grad)
        out.grad_fn = self
        return out

    def backward(self, upstream):
        self.t1.backward(upstream)
        self.t2.backward(upstream)


def fitted(share, shape):
    """Add up what the copies of an operand received, so that its own shape comes back."""
    while share.ndim > len(shape):
        share = share.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            share = share.sum(axis=axis, keepdims=True)
    return share


class Sub(Function):
    """t1 - t2, entry by entry."""

    def forward(self, t1, t2):
        super().forward(t1, t2)
        self.t1, self.t2 = t1, t2
        needs_grad = t1.requires_grad or t2.requires_grad
        out = Tensor(t1.data - t2.data, requires_grad=needs_grad)
        out.grad_fn = self
        return out

    def backward(self, upstream):
        self.t1.backward(fitted(upstream, self.t1.data.shape))
        self.t2.backward(fitted(-upstream, self.t2.data.shape))


class Mul(Function):
    """t1 * t2, entry by entry."""

    def forward(self, t1, t2):
        super().forward(t1, t2)
        self.t1, self.t2 = t1, t2
        needs_grad = t1.requires_grad or t2.requires_grad
        out = Tensor(t1.data * t2.data, requires_grad=needs_grad)
        out.grad_fn = self
        return out

    def backward(self, upstream):
        self.t1.backward(fitted(upstream * self.t2.data, self.t1.data.shape))
        self.t2.backward(fitted(upstream * self.t1.data, self.t2.data.shape))


class Div(Function):
    """t1 / t2, entry by entry."""

    def forward(self, t1, t2):
        super().forward(t1, t2)
        self.t1, self.t2 = t1, t2
        needs_grad = t1.requires_grad or t2.requires_grad
        out = Tensor(t1.data / t2.data, requires_grad=needs_grad)
        out.grad_fn = self
        return out

    def backward(self, upstream):
        self.t1.backward(fitted(upstream / self.t2.data, self.t1.data.shape))
        self.t2.backward(fitted(-upstream * self.t1.data / self.t2.data**2, self.t2.data.shape))


class Pow(Function):
    """Each entry of t to the power of n, a plain number."""

    def forward(self, t, n):
        super().forward(t)
        self.t, self.n = t, n
        out = Tensor(t.data**n, requires_grad=t.requires_grad)
        out.grad_fn = self
        return out

    def backward(self, upstream):
        self.t.backward(upstream * self.n * self.t.data ** (self.n - 1))


class MatMul(Function):
    """The matrix product of t1 and t2."""

    def forward(self, t1, t2):
        super().forward(t1, t2)
        self.t1, self.t2 = t1, t2
        needs_grad = t1.requires_grad or t2.requires_grad
        out = Tensor(t1.data @ t2.data, requires_grad=needs_grad)
        out.grad_fn = self
        return out

    def backward(self, upstream):
        self.t1.backward(upstream @ self.t2.data.T)
        self.t2.backward(self.t1.data.T @ upstream)


class ReLU(Function):
    """max(0, t), entry by entry."""

    def forward(self, t):
        super().forward(t)
        self.t = t
        self.out = Tensor(np.maximum(t.data, 0.0), requires_grad=t.requires_grad)
        self.out.grad_fn = self
        return self.out

    def backward(self, upstream):
        self.t.backward(upstream * (self.t.data > 0))


class Sigmoid(Function):
    """1 / (1 + exp(-t)), entry by entry."""

    def forward(self, t):
        super().forward(t)
        self.t = t
        self.out = Tensor(1 / (1 + np.exp(-t.data)), requires_grad=t.requires_grad)
        self.out.grad_fn = self
        return self.out

    def backward(self, upstream):
        self.t.backward(upstream * self.out.data * (1 - self.out.data))


class Tanh(Function):
    """The hyperbolic tangent of each entry."""

    def forward(self, t):
        super().forward(t)
        self.t = t
        self.out = Tensor(np.tanh(t.data), requires_grad=t.requires_grad)
        self.out.grad_fn = self
        return self.out

    def backward(self, upstream):
        self.t.backward(upstream * (1 - self.out.data**2))


class Exp(Function):
    """e to the power of each entry."""

    def forward(self, t):
        super().forward(t)
        self.t = t
        self.out = Tensor(np.exp(t.data), requires_grad=t.requires_grad)
        self.out.grad_fn = self
        return self.out

    def backward(self, upstream):
        self.t.backward(upstream * self.out.data)


class Log(Function):
    """The natural logarithm of each entry."""

    def forward(self, t):
        super().forward(t)
        self.t = t
        self.out = Tensor(np.log(t.data), requires_grad=t.requires_grad)
        self.out.grad_fn = self
        return self.out

    def backward(self, upstream):
        self.t.backward(upstream / self.t.data)


class Sum(Function):
    """The sum along an axis, or of all entries."""

    def forward(self, t, axis=None, keepdims=False):
        super().forward(t)
        self.t, self.axis, self.keepdims = t, axis, keepdims
        total = t.data.sum(axis=axis, keepdims=keepdims)
        out = Tensor(total, requires_grad=t.requires_grad)
        out.grad_fn = self
        return out

    def backward(self, upstream):
        if self.axis is not None and not self.keepdims:
            upstream = np.expand_dims(upstream, self.axis)
        self.t.backward(upstream * np.ones_like(self.t.data))


class Mean(Function):
    """The mean along an axis, or of all entries."""

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
        share = upstream / self.count
        self.t.backward(share * np.ones_like(self.t.data))

# %% Derivatives by hand
answers = {
    "dd/dd": 1.0,
    "dd/dc": 1.0,
    "dd/db": 1.0,
    "dd/da": 2.0,
}

# %% A network of two layers
# your code here: inputs, targets, two tensors of weights, and a training
