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


class Sub(Function):
    """t1 - t2, entry by entry."""

    def forward(self, t1, t2):
        super().forward(t1, t2)
        # your code here
        return None

    def backward(self, upstream):
        # your code here
        pass


class Mul(Function):
    """t1 * t2, entry by entry."""

    def forward(self, t1, t2):
        super().forward(t1, t2)
        # your code here
        return None

    def backward(self, upstream):
        # your code here
        pass


class Div(Function):
    """t1 / t2, entry by entry."""

    def forward(self, t1, t2):
        super().forward(t1, t2)
        # your code here
        return None

    def backward(self, upstream):
        # your code here
        pass


class Pow(Function):
    """Each entry of t to the power of n, a plain number."""

    def forward(self, t, n):
        super().forward(t)
        # your code here
        return None

    def backward(self, upstream):
        # your code here
        pass
