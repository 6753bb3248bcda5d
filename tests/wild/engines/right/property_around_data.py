# asks: sri, my475/ex9
# kind: attributes
import math

class Value:
    def __init__(self, data, _children=(), _op=""):
        self._data = data
        self._grad = 0.0
        self._children = _children
        self._op = _op
        self._backward = None

    @property
    def data(self):
        return self._data

    @data.setter
    def data(self, new):
        self._data = new

    @property
    def grad(self):
        return self._grad

    @grad.setter
    def grad(self, new):
        self._grad = new

    def _lift(self, other):
        if isinstance(other, Value):
            return other
        return Value(other)

    def __add__(self, other):
        other = self._lift(other)
        out = Value(self._data + other._data, (self, other), "+")

        def back(g):
            self._grad += g
            other._grad += g

        out._backward = back
        return out

    def __radd__(self, other):
        return self.__add__(other)

    def __mul__(self, other):
        other = self._lift(other)
        out = Value(self._data * other._data, (self, other), "*")

        def back(g):
            self._grad += g * other._data
            other._grad += g * self._data

        out._backward = back
        return out

    def __rmul__(self, other):
        return self.__mul__(other)

    def __neg__(self):
        out = Value(-self._data, (self,), "neg")

        def back(g):
            self._grad -= g

        out._backward = back
        return out

    def __sub__(self, other):
        return self.__add__(-self._lift(other))

    def __rsub__(self, other):
        return self._lift(other).__sub__(self)

    def __pow__(self, n):
        out = Value(self._data ** n, (self,), "**")

        def back(g):
            self._grad += g * n * self._data ** (n - 1)

        out._backward = back
        return out

    def __truediv__(self, other):
        return self.__mul__(self._lift(other) ** -1)

    def __rtruediv__(self, other):
        return self._lift(other).__truediv__(self)

    def exp(self):
        out = Value(math.exp(self._data), (self,), "exp")

        def back(g):
            self._grad += g * out._data

        out._backward = back
        return out

    def tanh(self):
        out = Value(math.tanh(self._data), (self,), "tanh")

        def back(g):
            self._grad += g * (1 - out._data ** 2)

        out._backward = back
        return out

    def backward(self):
        seen, order = set(), []

        def dfs(v):
            seen.add(id(v))
            for c in v._children:
                if id(c) not in seen:
                    dfs(c)
            order.append(v)

        dfs(self)
        self._grad = 1.0
        for v in order[::-1]:
            if v._backward:
                v._backward(v._grad)
