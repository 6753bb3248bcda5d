# asks: sri, my475/ex9
# kind: classes
import math


class Arithmetic:
    def __radd__(self, other):
        return self + other

    def __sub__(self, other):
        return self + (-self._as_value(other))

    def __rsub__(self, other):
        return self._as_value(other) + (-self)

    def __rmul__(self, other):
        return self * other

    def __truediv__(self, other):
        return self * self._as_value(other) ** -1

    def __rtruediv__(self, other):
        return self._as_value(other) * self ** -1

    def __neg__(self):
        return self * -1


class Differentiable:
    def backward(self):
        self.grad = 1.0
        for node in self.descending():
            node._backward()

    def descending(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for child in node._prev:
                    visit(child)
                order.append(node)

        visit(self)
        return reversed(order)


class Value(Arithmetic, Differentiable):
    def __init__(self, data, _prev=()):
        self.data = data
        self.grad = 0.0
        self._prev = frozenset(_prev)
        self._backward = lambda: None

    def _as_value(self, other):
        return other if isinstance(other, type(self)) else type(self)(other)

    def __add__(self, other):
        other = self._as_value(other)
        out = Value(self.data + other.data, (self, other))

        def _backward():
            self.grad += out.grad
            other.grad += out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        other = self._as_value(other)
        out = Value(self.data * other.data, (self, other))

        def _backward():
            self.grad += out.grad * other.data
            other.grad += out.grad * self.data

        out._backward = _backward
        return out

    def __pow__(self, n):
        out = Value(self.data ** n, (self,))

        def _backward():
            self.grad += out.grad * n * self.data ** (n - 1)

        out._backward = _backward
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def _backward():
            self.grad += out.grad * (1 - out.data * out.data)

        out._backward = _backward
        return out

    def exp(self):
        out = Value(math.exp(self.data), (self,))

        def _backward():
            self.grad += out.grad * out.data

        out._backward = _backward
        return out
