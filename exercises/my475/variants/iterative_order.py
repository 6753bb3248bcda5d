"""No recursion: nodes wait until every consumer has reported (Kahn's order), slots, a property."""

from collections import deque


class Value:
    __slots__ = ("_backward", "_gradient", "_prev", "data")

    def __init__(self, data, _prev=()):
        self.data = float(data)
        self._gradient = 0.0
        self._prev = tuple(_prev)
        self._backward = lambda: None

    @property
    def grad(self):
        return self._gradient

    @grad.setter
    def grad(self, value):
        self._gradient = value

    def __repr__(self):
        return f"Value(data={self.data}, grad={self.grad})"

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other))

        def _backward():
            for node in (self, other):
                node.grad += out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other))

        def _backward():
            for node, factor in ((self, other.data), (other, self.data)):
                node.grad += factor * out.grad

        out._backward = _backward
        return out

    def __neg__(self):
        return self * Value(-1)

    def __sub__(self, other):
        return self + -other

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def _backward():
            self.grad += n * self.data ** (n - 1) * out.grad

        out._backward = _backward
        return out

    def backward(self):
        consumers = {}
        stack, seen = [self], {id(self)}
        while stack:
            node = stack.pop()
            for child in node._prev:
                consumers[id(child)] = consumers.get(id(child), 0) + 1
                if id(child) not in seen:
                    seen.add(id(child))
                    stack.append(child)
        self.grad = 1.0
        ready = deque([self])
        while ready:
            node = ready.popleft()
            node._backward()
            for child in node._prev:
                consumers[id(child)] -= 1
                if consumers[id(child)] == 0:
                    ready.append(child)
