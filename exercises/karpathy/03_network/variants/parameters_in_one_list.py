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

    def __truediv__(self, other):
        return self * other**-1

    def exp(self):
        power = math.exp(self.data)
        out = Value(power, (self,))

        def _backward():
            self.grad += power * out.grad

        out._backward = _backward
        return out

    def log(self):
        out = Value(math.log(self.data), (self,))

        def _backward():
            self.grad += out.grad / self.data

        out._backward = _backward
        return out

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


ACTIVATIONS = {
    "tanh": lambda total: total.tanh(),
    "relu": lambda total: total.relu(),
    "linear": lambda total: total,
}


class Neuron:
    def __init__(self, inputs, activation="tanh"):
        self._parameters = [Value(random.gauss(0.0, 0.3)) for _ in range(inputs)] + [Value(0.0)]
        self._activate = ACTIVATIONS[activation]

    def __call__(self, values):
        *weights, bias = self._parameters
        total = bias * 1.0
        for place in range(len(weights)):
            total += weights[place] * values[place]
        return self._activate(total)

    def parameters(self):
        return list(self._parameters)


class Layer(list):
    """A list of neurons."""

    def __init__(self, inputs, outputs, activation="tanh"):
        super().__init__(Neuron(inputs, activation) for _ in range(outputs))

    def __call__(self, values):
        return [neuron(values) for neuron in self]

    def parameters(self):
        gathered = []
        for neuron in self:
            gathered.extend(neuron.parameters())
        return gathered


class MLP:
    def __init__(self, inputs, sizes, activation="tanh"):
        *hidden, last = sizes
        self.hidden = []
        for size in hidden:
            self.hidden.append(Layer(inputs, size, activation))
            inputs = size
        self.last = Layer(inputs, last, "linear")

    def __call__(self, values):
        for layer in self.hidden:
            values = layer(values)
        said = self.last(values)
        if len(said) == 1:
            return said[0]
        return said

    def parameters(self):
        gathered = []
        for layer in [*self.hidden, self.last]:
            gathered.extend(layer.parameters())
        return gathered

    def zero_grad(self):
        for parameter in self.parameters():
            parameter.grad = 0
