"""The map is a function below the class that fills a list of the module."""


class Value:
    def __init__(self, data, children=(), label=None):
        self.data, self.grad, self.label = data, 0, label
        self.children = children
        self._backward = self._nothing

    def _nothing(self):
        pass

    def __repr__(self):
        return str(self.data)

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other))

        def push():
            self.grad += out.grad
            other.grad += out.grad

        out._backward = push
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other))

        def push():
            self.grad += out.grad * other.data
            other.grad += out.grad * self.data

        out._backward = push
        return out

    def __neg__(self):
        return self * Value(-1.0)

    def __sub__(self, other):
        return self + (-other)

    # the sheet's name for it
    def __power__(self, n):
        out = Value(self.data**n, (self,))

        def push():
            self.grad += n * self.data ** (n - 1) * out.grad

        out._backward = push
        return out

    def backward(self):
        graph_map.clear()
        visited.clear()
        build_graph(self)
        self.grad = 1
        for node in reversed(graph_map):
            node._backward()


graph_map = []
visited = set()


def build_graph(root):
    if root not in visited:
        visited.add(root)
        for child in root.children:
            build_graph(child)
        graph_map.append(root)
