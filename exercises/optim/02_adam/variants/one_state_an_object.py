class Value:
    """A number with a gradient, a node of a computation graph."""

    def __init__(self, data, _children=()):
        self.data = data
        self.grad = 0.0
        self._backward = lambda: None
        self._children = tuple(_children)

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def _backward():
            self.grad += out.grad
            other.grad += out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    def __pow__(self, exponent):
        """Raise to a plain number, an int or a float."""
        out = Value(self.data**exponent, (self,))

        def _backward():
            self.grad += exponent * self.data ** (exponent - 1) * out.grad

        out._backward = _backward
        return out

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + (-other)

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def backward(self):
        """Send the gradient of this node back through the whole graph."""
        order = []
        seen = set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for child in node._children:
                    visit(child)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node._backward()


class Moments:
    def __init__(self):
        self.mean = self.square = 0.0

    def take(self, gradient, one, two):
        self.mean = one * self.mean + (1 - one) * gradient
        self.square = two * self.square + (1 - two) * gradient**2


class Adam:
    def __init__(self, parameters, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.pairs = [(p, Moments()) for p in parameters]
        self.lr, self.betas, self.eps = lr, betas, eps
        self.powers = [1.0, 1.0]

    def zero_grad(self):
        for p, _ in self.pairs:
            p.grad = 0.0

    def step(self):
        one, two = self.betas
        self.powers = [self.powers[0] * one, self.powers[1] * two]
        for p, moments in self.pairs:
            moments.take(p.grad, one, two)
            mean = moments.mean / (1 - self.powers[0])
            square = moments.square / (1 - self.powers[1])
            p.data -= self.lr * mean / (square**0.5 + self.eps)


points = [(1.0, 0.5), (2.0, 2.5), (-1.0, -3.5)] * 12
slope, start = Value(0.0), Value(0.0)
adam = Adam([slope, start], lr=0.1)
for x, y in points:
    error = slope * x + start - y
    loss = error * error
    adam.zero_grad()
    loss.backward()
    adam.step()
