import numpy as np

# grad as a property over a list of shares; a mixin gives operators; base classes by arity
class Operators:
    def __add__(self, o): return Add().forward(self, o)
    def __sub__(self, o): return Sub().forward(self, o)
    def __mul__(self, o): return Mul().forward(self, o)
    def __truediv__(self, o): return Div().forward(self, o)
    def __matmul__(self, o): return MatMul().forward(self, o)
    def sum(self, axis=None): return Sum().forward(self, axis)

class Tensor(Operators):
    __slots__ = ("data", "requires_grad", "_shares", "grad_fn", "users")

    def __init__(self, data, requires_grad=False):
        self.data = np.array(data, float)
        self.requires_grad = requires_grad
        self._shares = []
        self.grad_fn = None
        self.users = 0

    @property
    def grad(self):
        total = np.zeros_like(self.data)
        for share in self._shares:
            total += share
        return total

    @grad.setter
    def grad(self, value):
        self._shares = [np.array(value, float)]

    def zero_grad(self):
        self._shares.clear()

    def backward(self, share=1.0):
        if not self.requires_grad:
            return
        self._shares.append(np.array(share, float))
        if self.users > 1:
            self.users -= 1
        elif self.grad_fn is not None:
            fn, self.grad_fn = self.grad_fn, Spent()
            fn.backward(self.grad)

class Spent:
    def backward(self, _):
        raise RuntimeError("the graph is gone")

class Function:
    def keep(self, out, *tensors):
        self.inputs = tensors
        for t in tensors:
            t.users += 1
        result = Tensor(out, any([t.requires_grad for t in tensors]))
        result.grad_fn = self
        return result

class Binary(Function):
    def forward(self, a, b):
        self.a, self.b = a.data, b.data
        return self.keep(self.value(self.a, self.b), a, b)

    def backward(self, g):
        for t, slope in zip(self.inputs, self.slopes(self.a, self.b)):
            t.backward(self.reduced(g * slope, t.data.shape))

    @staticmethod
    def reduced(g, shape):
        ones = (1,) * (np.ndim(g) - len(shape)) + shape
        axes = tuple(i for i, (n, m) in enumerate(zip(ones, np.shape(g))) if n != m)
        return np.sum(g, axis=axes, keepdims=True).reshape(shape)

class Unary(Function):
    def forward(self, a):
        self.x = a.data
        self.y = self.value(a.data)
        return self.keep(self.y, a)

    def backward(self, g):
        self.inputs[0].backward(g * self.slope(self.x, self.y))

class Add(Binary):
    value = staticmethod(lambda a, b: a + b)
    slopes = staticmethod(lambda a, b: (np.ones(np.broadcast(a, b).shape),) * 2)
class Sub(Binary):
    value = staticmethod(lambda a, b: a - b)
    slopes = staticmethod(lambda a, b: (1.0, -1.0))
class Mul(Binary):
    value = staticmethod(lambda a, b: a * b)
    slopes = staticmethod(lambda a, b: (b, a))
class Div(Binary):
    value = staticmethod(lambda a, b: a / b)
    slopes = staticmethod(lambda a, b: (b ** -1, -a * b ** -2))
class Pow(Function):
    def forward(self, a, n):
        self.x, self.n = a.data, n
        return self.keep(a.data ** n, a)
    def backward(self, g):
        self.inputs[0].backward(g * self.n * self.x ** (self.n - 1))
class MatMul(Function):
    def forward(self, a, b):
        return self.keep(a.data @ b.data, a, b)
    def backward(self, g):
        a, b = self.inputs
        a.backward(g @ np.transpose(b.data))
        b.backward(np.transpose(a.data) @ g)
class ReLU(Unary):
    value = staticmethod(lambda x: np.maximum(x, 0))
    slope = staticmethod(lambda x, y: np.where(x >= 0, 1.0, 0.0))
class Sigmoid(Unary):
    value = staticmethod(lambda x: np.exp(x) / (1 + np.exp(x)))
    slope = staticmethod(lambda x, y: y - y * y)
class Tanh(Unary):
    value = staticmethod(np.tanh)
    slope = staticmethod(lambda x, y: 1 - y ** 2)
class Exp(Unary):
    value = staticmethod(np.exp)
    slope = staticmethod(lambda x, y: y)
class Log(Unary):
    value = staticmethod(np.log)
    slope = staticmethod(lambda x, y: 1 / x)
class Sum(Function):
    weight = staticmethod(lambda x, y: 1.0)
    value = staticmethod(np.sum)
    def forward(self, a, axis=None, keepdims=False):
        self.x = a.data
        y = self.value(a.data, axis=axis, keepdims=True)
        self.shape = y.shape
        self.factor = self.weight(a.data, y)
        return self.keep(y if keepdims else np.squeeze(y, axis=axis), a)
    def backward(self, g):
        self.inputs[0].backward(self.factor * g.reshape(self.shape) * np.ones(self.x.shape))
class Mean(Sum):
    weight = staticmethod(lambda x, y: y.size / x.size)
    value = staticmethod(np.mean)
