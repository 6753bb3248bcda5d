import numpy as np

# the sheet's own class, with more operators; saved things in lists; einsum for matmul
class Tensor():
    def __init__(self, data, requires_grad=False):
        self.data = np.array(data)
        self.requires_grad = requires_grad
        if self.requires_grad:
            self.grad = np.zeros_like(self.data)
        self.grad_fn = None
        self.num_forward = -1

    def backward(self, dLdt=1.):
        if self.requires_grad:
            self.grad += dLdt
            if self.num_forward > 0:
                self.num_forward -= 1
            elif self.grad_fn is not None:
                self.grad_fn.backward(self.grad)
                del self.grad_fn

    def zero_grad(self):
        self.grad = np.zeros_like(self.data)

    def __add__(self, other): return Add().forward(self, other)
    def __sub__(self, other): return Sub().forward(self, other)
    def __mul__(self, other): return Mul().forward(self, other)
    def __truediv__(self, other): return Div().forward(self, other)
    def __pow__(self, n): return Pow().forward(self, n)
    def __matmul__(self, other): return MatMul().forward(self, other)

class Function():
    def forward(self, *tensors):
        for t in tensors:
            t.num_forward += 1
        self.saved = list(tensors)

    def backward(self, dLdf):
        pass

    def result(self, data):
        t = Tensor(data, requires_grad=any(s.requires_grad for s in self.saved))
        t.grad_fn = self
        return t

def unbroadcast(grad, shape):
    if grad.shape == shape:
        return grad
    lead = grad.ndim - len(shape)
    axes = tuple(range(lead)) + tuple(i + lead for i, n in enumerate(shape) if n == 1)
    return np.add.reduce(grad, axis=axes, keepdims=True).reshape(shape)

class Add(Function):
    def forward(self, t1, t2):
        super().forward(t1, t2)
        return self.result(t1.data + t2.data)
    def backward(self, dLdf):
        for t in self.saved:
            t.backward(unbroadcast(dLdf, t.data.shape))

class Sub(Function):
    def forward(self, t1, t2):
        super().forward(t1, t2)
        return self.result(t1.data - t2.data)
    def backward(self, dLdf):
        t1, t2 = self.saved
        t1.backward(unbroadcast(1 * dLdf, t1.data.shape))
        t2.backward(unbroadcast(-1 * dLdf, t2.data.shape))

class Mul(Function):
    def forward(self, t1, t2):
        super().forward(t1, t2)
        return self.result(t1.data * t2.data)
    def backward(self, dLdf):
        t1, t2 = self.saved
        dfdt1, dfdt2 = t2.data, t1.data
        t1.backward(unbroadcast(dfdt1 * dLdf, t1.data.shape))
        t2.backward(unbroadcast(dfdt2 * dLdf, t2.data.shape))

class Div(Function):
    def forward(self, t1, t2):
        super().forward(t1, t2)
        return self.result(t1.data / t2.data)
    def backward(self, dLdf):
        t1, t2 = self.saved
        t1.backward(unbroadcast(1 / t2.data * dLdf, t1.data.shape))
        t2.backward(unbroadcast(-t1.data / np.square(t2.data) * dLdf, t2.data.shape))

class Pow(Function):
    def forward(self, t, n):
        super().forward(t)
        self.n = n
        return self.result(np.power(t.data, n))
    def backward(self, dLdf):
        t, = self.saved
        t.backward(self.n * np.power(t.data, self.n - 1) * dLdf)

class MatMul(Function):
    def forward(self, t1, t2):
        super().forward(t1, t2)
        return self.result(np.einsum("ij,jk->ik", t1.data, t2.data))
    def backward(self, dLdf):
        t1, t2 = self.saved
        t1.backward(np.einsum("ik,jk->ij", dLdf, t2.data))
        t2.backward(np.einsum("ij,ik->jk", t1.data, dLdf))

class ReLU(Function):
    def forward(self, t):
        super().forward(t)
        self.mask = t.data > 0
        return self.result(np.where(self.mask, t.data, 0))
    def backward(self, dLdf):
        self.saved[0].backward(np.where(self.mask, dLdf, 0))

class Sigmoid(Function):
    def forward(self, t):
        super().forward(t)
        self.s = 1 / (1 + np.exp(-t.data))
        return self.result(self.s)
    def backward(self, dLdf):
        self.saved[0].backward((self.s - self.s ** 2) * dLdf)

class Tanh(Function):
    def forward(self, t):
        super().forward(t)
        e = np.exp(2 * t.data)
        self.s = (e - 1) / (e + 1)
        return self.result(self.s)
    def backward(self, dLdf):
        self.saved[0].backward((1 + self.s) * (1 - self.s) * dLdf)

class Exp(Function):
    def forward(self, t):
        super().forward(t)
        return self.result(np.exp(t.data))
    def backward(self, dLdf):
        self.saved[0].backward(np.exp(self.saved[0].data) * dLdf)

class Log(Function):
    def forward(self, t):
        super().forward(t)
        return self.result(np.log(t.data))
    def backward(self, dLdf):
        self.saved[0].backward(dLdf / self.saved[0].data)

class Sum(Function):
    def forward(self, t, axis=None, keepdims=False):
        super().forward(t)
        self.axis, self.keepdims = axis, keepdims
        return self.result(np.sum(t.data, axis=axis, keepdims=keepdims))
    def backward(self, dLdf):
        t, = self.saved
        kept = np.sum(t.data, axis=self.axis, keepdims=True).shape
        t.backward(np.broadcast_to(np.reshape(dLdf, kept), t.data.shape))

class Mean(Sum):
    def forward(self, t, axis=None, keepdims=False):
        total = super().forward(t, axis, keepdims)
        self.n = t.data.size / total.data.size
        total.data = total.data / self.n
        return total
    def backward(self, dLdf):
        super().backward(dLdf / self.n)
