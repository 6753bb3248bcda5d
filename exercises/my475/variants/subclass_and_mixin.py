"""Arithmetic in a base class, the rules as methods of operations, equality by value."""


class Arithmetic:
    def __add__(self, other):
        return self._made(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return self._made(self.data * other.data, (self, other), (other.data, self.data))

    def __neg__(self):
        return self._made(-self.data, (self,), (-1.0,))

    def __sub__(self, other):
        return self._made(self.data - other.data, (self, other), (1.0, -1.0))

    def __pow__(self, n):
        return self._made(self.data**n, (self,), (n * self.data ** (n - 1),))


class Value(Arithmetic):
    def __init__(self, data, parents=(), slopes=()):
        self.data = data
        self.grad = 0.0
        self.parents = list(parents)
        self.slopes = slopes

    def __repr__(self):
        return f"{type(self).__name__}({self.data!r})"

    def __eq__(self, other):
        return isinstance(other, Value) and self.data == other.data

    __hash__ = object.__hash__

    def _made(self, data, parents, slopes):
        return Value(data, parents, slopes)

    def _backward(self):
        for parent, slope in zip(self.parents, self.slopes):
            parent.grad += slope * self.grad

    def topological_sort(self):
        order, seen = [], set()

        def visit(node):
            if id(node) in seen:
                return
            seen.add(id(node))
            for parent in node.parents:
                visit(parent)
            order.append(node)

        visit(self)
        return order

    def backward(self):
        self.grad = 1.0
        for node in reversed(self.topological_sort()):
            node._backward()
