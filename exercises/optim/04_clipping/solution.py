import math


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


class SGD:
    """Moves numbers downhill, each by a velocity of its own."""

    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters = list(parameters)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [0.0 for _ in self.parameters]

    def zero_grad(self):
        for parameter in self.parameters:
            parameter.grad = 0.0

    def step(self):
        for at, parameter in enumerate(self.parameters):
            self.velocities[at] = self.momentum * self.velocities[at] + parameter.grad
            parameter.data -= self.lr * self.velocities[at]


# %% Training
xs = [1.0, 2.0, -1.0]
ys = [0.5, 2.5, -3.5]
w, b = Value(0.0), Value(0.0)
optimizer = SGD([w, b], lr=0.02, momentum=0.9)
for epoch in range(10):
    for x, y in zip(xs, ys):
        optimizer.zero_grad()
        loss = (w * x + b - y) ** 2
        loss.backward()
        optimizer.step()
print(w.data, b.data)


class Adam:
    """Moves each number by its average gradient, over the root of its average square."""

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
            self.first[at] = one * self.first[at] + (1 - one) * parameter.grad
            self.second[at] = two * self.second[at] + (1 - two) * parameter.grad**2
            mean = self.first[at] / (1 - one**self.steps)
            square = self.second[at] / (1 - two**self.steps)
            parameter.data -= self.lr * mean / (square**0.5 + self.eps)


# %% Training
xs = [1.0, 2.0, -1.0]
ys = [0.5, 2.5, -3.5]
w, b = Value(0.0), Value(0.0)
optimizer = Adam([w, b], lr=0.1)
for epoch in range(12):
    for x, y in zip(xs, ys):
        optimizer.zero_grad()
        loss = (w * x + b - y) ** 2
        loss.backward()
        optimizer.step()
print(w.data, b.data)


def in_stairs(base, made, every, factor):
    """Return a rate that changes by a factor after every so many steps."""
    return base * factor ** (made // every)


def along_cosine(base, made, steps):
    """Return a rate that falls to 0 along half a wave."""
    return base * (1 + math.cos(math.pi * made / steps)) / 2


# %% Training
xs = [1.0, 2.0, -1.0]
ys = [0.5, 2.5, -3.5]
w, b = Value(0.0), Value(0.0)
made = 0
for epoch in range(8):
    for x, y in zip(xs, ys):
        rate = in_stairs(0.1, made, 6, 0.5)
        w.grad = b.grad = 0.0
        loss = (w * x + b - y) ** 2
        loss.backward()
        w.data -= rate * w.grad
        b.data -= rate * b.grad
        made += 1
print(w.data, b.data)


def clip_size(parameters, most):
    """Cut each gradient by itself."""
    for parameter in parameters:
        parameter.grad = max(-most, min(most, parameter.grad))


def clip_length(parameters, most):
    """Shorten all gradients together, and return how long they were."""
    length = sum(parameter.grad**2 for parameter in parameters) ** 0.5
    if length > most:
        for parameter in parameters:
            parameter.grad *= most / length
    return length


# %% Training
xs = [1.0, 2.0, -1.0]
ys = [0.5, 2.5, -3.5]
w, b = Value(0.0), Value(0.0)
for epoch in range(15):
    for x, y in zip(xs, ys):
        w.grad = b.grad = 0.0
        loss = (w * x + b - y) ** 2
        loss.backward()
        clip_length([w, b], 2.0)
        w.data -= 0.1 * w.grad
        b.data -= 0.1 * b.grad
print(w.data, b.data)
