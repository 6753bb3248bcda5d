import math
import random


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

    def tanh(self):
        height = math.tanh(self.data)
        out = Value(height, (self,))

        def _backward():
            self.grad += (1 - height * height) * out.grad

        out._backward = _backward
        return out

    def relu(self):
        out = Value(max(0.0, self.data), (self,))

        def _backward():
            self.grad += (1.0 if self.data > 0 else 0.0) * out.grad

        out._backward = _backward
        return out

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


class Neuron:
    """Weighs its inputs, adds a bias, and lets the sum pass its activation."""

    def __init__(self, inputs, activation="tanh"):
        self.weights = [Value(random.uniform(-1, 1)) for _ in range(inputs)]
        self.bias = Value(0.0)
        self.activation = activation

    def __call__(self, values):
        total = self.bias
        for weight, value in zip(self.weights, values):
            total = total + weight * value
        if self.activation == "tanh":
            return total.tanh()
        if self.activation == "relu":
            return total.relu()
        return total

    def parameters(self):
        return [*self.weights, self.bias]


class Layer:
    """Asks several neurons about the same inputs."""

    def __init__(self, inputs, outputs, activation="tanh"):
        self.neurons = [Neuron(inputs, activation) for _ in range(outputs)]

    def __call__(self, values):
        return [neuron(values) for neuron in self.neurons]

    def parameters(self):
        return [parameter for neuron in self.neurons for parameter in neuron.parameters()]


class MLP:
    """Layers one behind the other; the last one is linear."""

    def __init__(self, inputs, sizes, activation="tanh"):
        self.layers = []
        for place, size in enumerate(sizes, 1):
            kind = activation if place < len(sizes) else "linear"
            self.layers.append(Layer(inputs, size, kind))
            inputs = size

    def __call__(self, values):
        for layer in self.layers:
            values = layer(values)
        return values[0] if len(values) == 1 else values

    def parameters(self):
        return [parameter for layer in self.layers for parameter in layer.parameters()]

    def zero_grad(self):
        for parameter in self.parameters():
            parameter.grad = 0.0


# %% The points
def moons(seed, count=8):
    """Return points of two half circles, each as x, y and its label, 1 or -1."""
    draw = random.Random(seed)
    points = []
    for number in range(count):
        angle = math.pi * (number + 0.5) / count
        across, up = math.cos(angle), math.sin(angle)
        for label, x, y in ((1, 10 * across, 10 * up), (-1, -3 * across, 3 * up)):
            shift, rise = draw.uniform(-1, 1), draw.uniform(-1, 1)
            points.append((round(x + shift), round(y + rise), label))
    return points


points = moons(475)

rng = random.Random(11)
net = MLP(2, [6, 1], "relu")
for p in net.parameters():
    p.data = rng.uniform(-0.8, 0.8)


def total_loss():
    errors = [net([x / 5, y / 5]) - label for x, y, label in points]
    return sum((e * e for e in errors), Value(0)) * (1 / len(errors))


for k in range(60):
    loss = total_loss()
    loss.backward()
    for p in net.parameters():
        p.data += -0.1 * p.grad
    net.zero_grad()


def predict(x, y):
    said = net([0.2 * x, 0.2 * y]).data
    return -1 if said < 0 else 1
