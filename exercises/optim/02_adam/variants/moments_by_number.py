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


from math import sqrt


class Adam:
    def __init__(self, parameters, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.ps, self.lr, self.b1, self.b2, self.eps, self.t = parameters, lr, *betas, eps, 0
        self.state = {id(p): {"m": 0.0, "v": 0.0} for p in parameters}

    def zero_grad(self):
        for p in self.ps:
            p.grad = 0.0

    def step(self):
        self.t = self.t + 1
        for p in self.ps:
            s = self.state[id(p)]
            s["m"] += (1 - self.b1) * (p.grad - s["m"])
            s["v"] += (1 - self.b2) * (p.grad * p.grad - s["v"])
            root = sqrt(s["v"]) / sqrt(1 - self.b2**self.t)
            p.data = p.data - self.lr / (1 - self.b1**self.t) * s["m"] / (root + self.eps)


def main():
    w, b = Value(-0.5), Value(0.75)
    adam = Adam([w, b], 0.1)
    for epoch in range(12):
        for x, y in [(1.0, 0.5), (2.0, 2.5), (-1.0, -3.5)]:
            loss = (Value(x) * w + b - Value(y)) ** 2
            loss.backward()
            adam.step()
            adam.zero_grad()


main()
