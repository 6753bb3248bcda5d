class Value:
    """A number with a gradient, a node of a computation graph."""

    def __init__(self, data, _children=()):
        self.data = data
        self.grad = 0.0
        self.velocity = 0.0
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


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.p, self.lr, self.mu = parameters, lr, momentum
        self.started = False

    def zero_grad(self):
        for p in self.p:
            p.grad = 0.0

    def step(self):
        for p in self.p:
            p.velocity = self.mu * p.velocity + p.grad if self.started else p.grad
            p.data = p.data - self.lr * p.velocity
        self.started = True


weight, offset = Value(0.0), Value(0.0)
opt = SGD([weight, offset], 0.02, momentum=0.9)
points = [(1.0, 0.5), (2.0, 2.5), (-1.0, -3.5)]
for i in range(30):
    x, y = points[i % 3]
    error = weight * x + offset + -y
    loss = error * error
    opt.zero_grad()
    loss.backward()
    opt.step()
