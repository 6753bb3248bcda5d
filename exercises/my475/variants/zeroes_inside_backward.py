"""Gradients are zeroed at the start of backward, which returns the list it went through."""


class Value:
    def __init__(self, data, _children=(), _op=""):
        self.data = data
        self.grad = 0.0
        self._backward = lambda: None
        self._children = set(_children)
        self._op = _op

    def __repr__(self):
        return f"<{self.data:.6f} grad {self.grad}>"

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other), "+")

        def _backward():
            self.grad += 1.0 * out.grad
            other.grad += 1.0 * out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other), "*")

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    __radd__ = __add__
    __rmul__ = __mul__

    def __neg__(self):
        return -1 * self

    def __sub__(self, other):
        return self + (-other)

    def __pow__(self, other):
        assert isinstance(other, (int, float)), "only int and float exponents"
        out = Value(self.data**other, (self,), f"**{other}")

        def _backward():
            self.grad += (other * self.data ** (other - 1)) * out.grad

        out._backward = _backward
        return out

    def backward(self):
        visited = set()
        graph_map = []

        def build_graph(node):
            if node not in visited:
                visited.add(node)
                for child in node._children:
                    build_graph(child)
                graph_map.append(node)

        build_graph(self)
        for node in graph_map:
            node.grad = 0.0
        self.grad = 1.0
        graph_map.reverse()
        for node in graph_map:
            node._backward()
        return graph_map
