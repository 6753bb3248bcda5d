"""Class Scalar, children in a list called prev, a rule of its own for every operation."""


class Scalar:
    def __init__(self, data, prev=(), op="", label=""):
        self.data = data
        self.grad = 0
        self.prev = list(prev)
        self.op = op
        self.label = label
        self._backward = lambda: None

    def __repr__(self):
        return "Scalar: %s" % self.data

    def __add__(self, other):
        out = Scalar(self.data + other.data, [self, other], "+")

        def backward():
            self.grad = self.grad + out.grad
            other.grad = other.grad + out.grad

        out._backward = backward
        return out

    def __mul__(self, other):
        out = Scalar(self.data * other.data, [self, other], "*")

        def backward():
            self.grad = self.grad + other.data * out.grad
            other.grad = other.grad + self.data * out.grad

        out._backward = backward
        return out

    def __neg__(self):
        out = Scalar(-self.data, [self], "neg")

        def backward():
            self.grad = self.grad - out.grad

        out._backward = backward
        return out

    def __sub__(self, other):
        out = Scalar(self.data - other.data, [self, other], "-")

        def backward():
            self.grad = self.grad + out.grad
            other.grad = other.grad - out.grad

        out._backward = backward
        return out

    def __pow__(self, n):
        out = Scalar(self.data**n, [self], "**")

        def backward():
            self.grad = self.grad + out.grad * n * self.data ** (n - 1)

        out._backward = backward
        return out

    def topo(self):
        done, order = [], []

        def visit(node):
            if not any(node is other for other in done):
                done.append(node)
                for child in node.prev:
                    visit(child)
                order.append(node)

        visit(self)
        return order

    def backward(self):
        self.grad = 1
        for node in self.topo()[::-1]:
            node._backward()
