# asks: my475/ex7, my475/ex9
# kind: passes
class Value:
    def __init__(self, data, _children=()):
        self.data = data
        self.grad = 0.0
        self._children = _children
        self._backward = lambda: None

    def __repr__(self):
        return f"Value({self.data}, grad={self.grad})"

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other))
        def _backward():
            self.grad += out.grad
            other.grad += out.grad
        out._backward = _backward
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other))
        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
        out._backward = _backward
        return out

    def __neg__(self):
        return self * Value(-1)

    def __sub__(self, other):
        return self + (-other)

    def __power__(self, n):
        out = Value(self.data ** n, (self,))
        def _backward():
            self.grad += n * self.data ** (n - 1) * out.grad
        out._backward = _backward
        return out

    __pow__ = __power__

    def graph(self):
        nodes = []
        def visit(v):
            if v not in nodes:
                for c in v._children:
                    visit(c)
                nodes.append(v)
        visit(self)
        return nodes

    def backward(self):
        nodes = self.graph()
        for node in nodes:
            node.grad = 0.0
        self.grad = 1.0
        for node in nodes[::-1]:
            node._backward()
        return nodes
