import math


class Value:
    """A number with a gradient, a node of a computation graph."""

    def __init__(self, data, _children=()):
        self.data = data
        self.grad = 0.0
        self._backward = lambda: None
        self._children = tuple(_children)

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

    def backward(self):
        """Send the gradient of this node back through the whole graph."""
        order = []

        def visit(node):
            if node not in order:
                for child in node._children:
                    visit(child)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node._backward()


class Adam:
    """Moves parameters by Adam's rule."""

    def __init__(self, parameters, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.parameters = list(parameters)
        self.lr = lr
        self.betas = betas
        self.eps = eps
        self.steps = 0
        self.first = [0.0 for _ in self.parameters]
        self.second = [0.0 for _ in self.parameters]

    def zero_grad(self):
        for parameter in self.parameters:
            parameter.grad = 0.0

    def step(self):
        self.steps += 1
        one, two = self.betas
        for at, parameter in enumerate(self.parameters):
            grad = parameter.grad
            self.first[at] = one * self.first[at] + (1 - one) * grad
            self.second[at] = two * self.second[at] + (1 - two) * grad**2
            mean = self.first[at] / (1 - one**self.steps)
            square = self.second[at] / (1 - two**self.steps)
            parameter.data -= self.lr * mean / (math.sqrt(square) + self.eps)
