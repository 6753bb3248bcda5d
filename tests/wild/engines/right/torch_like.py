# asks: sri, my475/ex9
# kind: passes
# new: Scalar(x)
import math
from typing import Optional


class Scalar:
    def __init__(self, item, requires_grad=True):
        self._item = float(item)
        self.requires_grad = requires_grad
        self.grad: Optional[float] = None
        self.grad_fn = None
        self.next_functions = ()

    def item(self):
        return self._item

    @property
    def data(self):
        return self._item

    @data.setter
    def data(self, x):
        self._item = float(x)

    @classmethod
    def _from(cls, item, parents, fn):
        out = cls(item)
        out.grad_fn = fn
        out.next_functions = parents
        return out

    @staticmethod
    def wrap(x):
        return x if isinstance(x, Scalar) else Scalar(x, requires_grad=False)

    def __add__(self, other):
        other = Scalar.wrap(other)
        return Scalar._from(self.item() + other.item(), (self, other), lambda g: (g, g))

    def __mul__(self, other):
        other = Scalar.wrap(other)
        a, b = self.item(), other.item()
        return Scalar._from(a * b, (self, other), lambda g: (g * b, g * a))

    def __pow__(self, n):
        a = self.item()
        return Scalar._from(a ** n, (self,), lambda g: (g * n * a ** (n - 1),))

    def __truediv__(self, other):
        other = Scalar.wrap(other)
        a, b = self.item(), other.item()
        return Scalar._from(a / b, (self, other), lambda g: (g / b, -g * a / (b * b)))

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + -Scalar.wrap(other)

    def __radd__(self, other):
        return Scalar.wrap(other) + self

    def __rmul__(self, other):
        return Scalar.wrap(other) * self

    def __rsub__(self, other):
        return Scalar.wrap(other) - self

    def __rtruediv__(self, other):
        return Scalar.wrap(other) / self

    def exp(self):
        e = math.exp(self.item())
        return Scalar._from(e, (self,), lambda g: (g * e,))

    def tanh(self):
        t = math.tanh(self.item())
        return Scalar._from(t, (self,), lambda g: (g * (1 - t * t),))

    def zero_grad(self):
        self.grad = None

    def backward(self, gradient=1.0, retain_graph=False):
        order, seen = [], set()
        stack = [(self, 0)]
        while stack:
            node, i = stack.pop()
            if i == 0:
                if id(node) in seen:
                    continue
                seen.add(id(node))
            if i < len(node.next_functions):
                stack.append((node, i + 1))
                stack.append((node.next_functions[i], 0))
            else:
                order.append(node)
        received = {id(self): gradient}
        for node in reversed(order):
            g = received.get(id(node), 0.0)
            node.grad = (node.grad or 0.0) + g
            if node.grad_fn:
                for parent, share in zip(node.next_functions, node.grad_fn(g)):
                    received[id(parent)] = received.get(id(parent), 0.0) + share
