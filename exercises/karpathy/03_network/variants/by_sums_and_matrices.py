import math
from random import gauss


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


class Module:
    def parameters(self):
        return []

    def zero_grad(self):
        for p in self.parameters():
            p.grad = 0


class Neuron(Module):
    def __init__(self, inputs, activation="tanh"):
        self.w = [Value(gauss(0, 0.5)) for _ in range(inputs)]
        self.b = Value(0)
        self.f = {"tanh": Value.tanh, "relu": Value.relu, "linear": lambda z: z}[activation]

    def __call__(self, x):
        return self.f(sum((wi * xi for wi, xi in zip(self.w, x)), self.b))

    def parameters(self):
        return self.w + [self.b]


class Layer(Module):
    def __init__(self, inputs, outputs, activation="tanh"):
        self.neurons = []
        for _ in range(outputs):
            self.neurons.append(Neuron(inputs, activation=activation))

    def __call__(self, x):
        return [n(x) for n in self.neurons]

    def parameters(self):
        return sum((n.parameters() for n in self.neurons), [])


class MLP(Module):
    def __init__(self, inputs, sizes, activation="tanh"):
        widths = [inputs] + list(sizes)
        kinds = [activation] * (len(sizes) - 1) + ["linear"]
        self.layers = [Layer(i, o, k) for i, o, k in zip(widths, widths[1:], kinds)]

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x if len(x) > 1 else x[0]

    def parameters(self):
        return sum((layer.parameters() for layer in self.layers), [])
