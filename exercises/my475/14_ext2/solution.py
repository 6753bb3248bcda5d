import math
import random


class Value:
    """A number with a gradient, a node of a computation graph."""

    def __init__(self, data, _children=()):
        self.data = data
        self.grad = 0.0
        self._backward = lambda: None
        self._children = tuple(_children)

    def __repr__(self):
        return f"Value(data={self.data})"

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

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + (-other)

    def __pow__(self, exponent):
        """Raise to a plain number, an int or a float."""
        out = Value(self.data**exponent, (self,))

        def _backward():
            self.grad += exponent * self.data ** (exponent - 1) * out.grad

        out._backward = _backward
        return out

    def relu(self):
        """Return this where it is positive, else 0."""
        out = Value(max(0.0, self.data), (self,))

        def _backward():
            self.grad += (1.0 if self.data > 0 else 0.0) * out.grad

        out._backward = _backward
        return out

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __rsub__(self, other):
        return -self + other

    def tanh(self):
        """Return the hyperbolic tangent."""
        result = math.tanh(self.data)
        out = Value(result, (self,))

        def _backward():
            self.grad += (1 - result**2) * out.grad

        out._backward = _backward
        return out

    def backward(self):
        """Send the gradient of this node back through the whole graph."""
        self.grad = 1.0
        for node in reversed(topological_order(self)):
            node._backward()


def topological_order(root):
    """Return every node that `root` depends on, and `root`, once, children before parents."""
    order = []
    visited = set()

    def visit(node):
        if node not in visited:
            visited.add(node)
            for child in node._children:
                visit(child)
            order.append(node)

    visit(root)
    return order


# %% The graph of one prediction, and its loss
x = Value(1.0)
y = Value(2.0)
w = Value(0.0)
b = Value(0.0)
a = x * w
y_pred = a + b
err = y_pred - y
loss = err**2

# %% The gradients of the loss
loss.backward()
print(w.grad, b.grad)

# %% Gradient descent on one example
rate = 0.1
w = Value(0.0)
b = Value(0.0)
for _ in range(100):
    a = x * w
    y_pred = a + b
    err = y_pred - y
    loss = err**2
    w.grad = 0.0
    b.grad = 0.0
    loss.backward()
    w.data -= rate * w.grad
    b.data -= rate * b.grad
print(w.data, b.data)

# %% Gradient descent on two examples
xs = [Value(1.0), Value(3.0)]
ys = [Value(2.0), Value(6.0)]
w = Value(0.0)
b = Value(0.0)
for epoch in range(100):
    for x, y in zip(xs, ys):
        a = x * w
        y_pred = a + b
        err = y_pred - y
        loss = err**2
        w.grad = 0.0
        b.grad = 0.0
        loss.backward()
        w.data -= rate * w.grad
        b.data -= rate * b.grad
print(w.data, b.data)

# %% A neuron with a relu
w = Value(0.5)
b = Value(0.1)
for _ in range(100):
    for x, y in zip(xs, ys):
        y_pred = (x * w + b).relu()
        loss = (y_pred - y) ** 2
        w.grad = 0.0
        b.grad = 0.0
        loss.backward()
        w.data -= rate * w.grad
        b.data -= rate * b.grad
print(w.data, b.data)


# %% A network
class Neuron:
    """Weights for its inputs, a bias, and a tanh around the sum."""

    def __init__(self, inputs):
        self.weights = [Value(random.uniform(-1, 1)) for _ in range(inputs)]
        self.bias = Value(0.0)

    def __call__(self, xs):
        return sum((w * x for w, x in zip(self.weights, xs)), self.bias).tanh()

    def parameters(self):
        return [*self.weights, self.bias]


class Layer:
    """Neurons that see the same inputs."""

    def __init__(self, inputs, outputs):
        self.neurons = [Neuron(inputs) for _ in range(outputs)]

    def __call__(self, xs):
        return [neuron(xs) for neuron in self.neurons]

    def parameters(self):
        return [p for neuron in self.neurons for p in neuron.parameters()]


class MLP:
    """Layers, each of which sees what the one before gives."""

    def __init__(self, inputs, sizes):
        sizes = [inputs, *sizes]
        self.layers = [Layer(a, b) for a, b in zip(sizes, sizes[1:])]

    def __call__(self, xs):
        for layer in self.layers:
            xs = layer(xs)
        return xs[0]

    def parameters(self):
        return [p for layer in self.layers for p in layer.parameters()]


random.seed(1)
network = MLP(3, [4, 1])
inputs = [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]]
targets = [1.0, -1.0, -1.0, 1.0]
for _ in range(50):
    loss = sum((network(xs) - target) ** 2 for xs, target in zip(inputs, targets))
    for p in network.parameters():
        p.grad = 0.0
    loss.backward()
    for p in network.parameters():
        p.data -= 0.05 * p.grad
print(loss.data)
