# asks: tensor/elementwise, tensor/matmul, tensor/activations, tensor/reductions
# kind: arrays
import numpy as np


class Tensor:
    def __init__(self, data, requires_grad=False):
        self.data = np.array(data)
        self.requires_grad = requires_grad
        if requires_grad:
            self.grad = np.zeros_like(self.data)
        self.grad_fn = None
        self.num_forward = -1

    def backward(self, upstream=1.0):
        if not self.requires_grad:
            return
        self.grad += upstream
        if self.num_forward > 0:
            self.num_forward -= 1
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
            tensor.num_forward += 1

    def backward(self, upstream):
        pass

    def _result(self, data, *inputs):
        out = Tensor(data, requires_grad=any(t.requires_grad for t in inputs))
        out.grad_fn = self
        return out


class Add(Function):
    def forward(self, t1, t2):
        super().forward(t1, t2)
        self.t1, self.t2 = t1, t2
        return self._result(t1.data + t2.data, t1, t2)

    def backward(self, upstream):
        self.t1.backward(upstream)
        self.t2.backward(upstream)


class Sub(Function):
    def forward(self, t1, t2):
        super().forward(t1, t2)
        self.t1, self.t2 = t1, t2
        return self._result(t1.data - t2.data, t1, t2)

    def backward(self, upstream):
        self.t1.backward(upstream)
        self.t2.backward(-upstream)


class Mul(Function):
    def forward(self, t1, t2):
        super().forward(t1, t2)
        self.t1, self.t2 = t1, t2
        return self._result(t1.data * t2.data, t1, t2)

    def backward(self, upstream):
        self.t1.backward(upstream * self.t2.data)
        self.t2.backward(upstream * self.t1.data)


class Div(Function):
    def forward(self, t1, t2):
        super().forward(t1, t2)
        self.t1, self.t2 = t1, t2
        return self._result(t1.data / t2.data, t1, t2)

    def backward(self, upstream):
        self.t1.backward(upstream / self.t2.data)
        self.t2.backward(-upstream * self.t1.data / self.t2.data**2)


class Pow(Function):
    def forward(self, t, n):
        super().forward(t)
        self.t, self.n = t, n
        return self._result(t.data**n, t)

    def backward(self, upstream):
        self.t.backward(upstream * self.n * self.t.data ** (self.n - 1))


class MatMul(Function):
    def forward(self, t1, t2):
        super().forward(t1, t2)
        self.t1, self.t2 = t1, t2
        return self._result(t1.data @ t2.data, t1, t2)

    def backward(self, upstream):
        self.t1.backward(upstream @ self.t2.data.T)
        self.t2.backward(self.t1.data.T @ upstream)


class Elementwise(Function):
    def forward(self, t):
        super().forward(t)
        self.t = t
        self.out = self.f(t.data)
        return self._result(self.out, t)

    def backward(self, upstream):
        self.t.backward(upstream * self.slope())


class ReLU(Elementwise):
    def f(self, x):
        return np.where(x > 0, x, 0.0)

    def slope(self):
        return (self.t.data > 0) * 1.0


class Sigmoid(Elementwise):
    def f(self, x):
        return 1 / (1 + np.exp(-x))

    def slope(self):
        return self.out * (1 - self.out)


class Tanh(Elementwise):
    def f(self, x):
        return np.tanh(x)

    def slope(self):
        return 1 - self.out**2


class Exp(Elementwise):
    def f(self, x):
        return np.exp(x)

    def slope(self):
        return self.out


class Log(Elementwise):
    def f(self, x):
        return np.log(x)

    def slope(self):
        return 1 / self.t.data


class Sum(Function):
    def forward(self, t, axis=None, keepdims=False):
        super().forward(t)
        self.t, self.axis, self.keepdims = t, axis, keepdims
        return self._result(t.data.sum(axis=axis, keepdims=keepdims), t)

    def backward(self, upstream):
        self.t.backward(self.spread(upstream))

    def spread(self, upstream):
        if self.axis is not None and not self.keepdims:
            upstream = np.expand_dims(upstream, self.axis)
        return np.ones_like(self.t.data) * upstream


class Mean(Sum):
    def forward(self, t, axis=None, keepdims=False):
        Function.forward(self, t)
        self.t, self.axis, self.keepdims = t, axis, keepdims
        self.count = t.data.size if axis is None else t.data.shape[axis]
        return self._result(t.data.mean(axis=axis, keepdims=keepdims), t)

    def backward(self, upstream):
        self.t.backward(self.spread(upstream) / self.count)
