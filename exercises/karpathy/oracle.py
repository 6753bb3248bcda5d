"""What a course on neural networks asks beyond an engine: quotients, a likelihood, a network."""

from math import hypot

from grader import Definition, Value


def surface(a, b, c):
    return a * b + b * c**3 - a * c


def forward(a, b, c, h):
    here = surface(a, b, c)
    moved = (surface(a + h, b, c), surface(a, b + h, c), surface(a, b, c + h))
    return [(there - here) / h for there in moved]


def central(a, b, c, h):
    places = ((h, 0, 0), (0, h, 0), (0, 0, h))
    return [
        (surface(a + i, b + j, c + k) - surface(a - i, b - j, c - k)) / (2 * h)
        for i, j, k in places
    ]


def torch_forward(a, b, c, h):
    import torch

    place = torch.tensor([a, b, c], dtype=torch.float64)
    moved = place + h * torch.eye(3, dtype=torch.float64)
    return [((surface(*row) - surface(*place)) / h).item() for row in moved]


def torch_central(a, b, c, h):
    import torch

    place = torch.tensor([a, b, c], dtype=torch.float64)
    steps = h * torch.eye(3, dtype=torch.float64)
    return [
        ((surface(*(place + step)) - surface(*(place - step))) / (2 * h)).item() for step in steps
    ]


def likelihood_loss(scores, right):
    powers = [score.exp() for score in scores]
    return -(powers[right] / sum(powers, Value(0.0))).log()


def torch_likelihood_loss(scores, right):
    import torch

    return torch.nn.functional.cross_entropy(torch.stack(scores), torch.tensor(right))


class Neuron:
    def __init__(self, inputs, activation="tanh"):
        self.weights = [Value(0.5) for _ in range(inputs)]
        self.bias = Value(0.0)
        self.activation = activation

    def __call__(self, values):
        total = self.bias
        for weight, value in zip(self.weights, values, strict=True):
            total = total + weight * value
        return {"tanh": total.tanh, "relu": total.relu, "linear": lambda: total}[self.activation]()

    def parameters(self):
        return [*self.weights, self.bias]


class Layer:
    def __init__(self, inputs, outputs, activation="tanh"):
        self.neurons = [Neuron(inputs, activation) for _ in range(outputs)]

    def __call__(self, values):
        return [neuron(values) for neuron in self.neurons]

    def parameters(self):
        return [one for neuron in self.neurons for one in neuron.parameters()]


class MLP:
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
        return [one for layer in self.layers for one in layer.parameters()]

    def zero_grad(self):
        for parameter in self.parameters():
            parameter.grad = 0.0


def predict(x, y):
    """Return the moon that a place is on: half circles of radius 10 and 3, around one centre."""

    def distance(radius):
        return abs(hypot(x, y) - radius) if y > 0 else hypot(abs(x) - radius, y)

    return 1 if distance(10) < distance(3) else -1


def torch_predict(x, y):
    import torch

    angle = torch.linspace(0, torch.pi, 181, dtype=torch.float64)
    half = torch.stack([torch.cos(angle), torch.sin(angle)])
    place = torch.tensor([[x], [y]], dtype=torch.float64)
    outer, inner = ((radius * half - place).norm(dim=0).min() for radius in (10, 3))
    return 1 if outer < inner else -1


ORACLE = [
    Definition("forward", plain=forward, torch=torch_forward),
    Definition("central", plain=central, torch=torch_central),
    Definition("likelihood_loss", plain=likelihood_loss, torch=torch_likelihood_loss),
    Definition("Neuron", plain=Neuron),
    Definition("Layer", plain=Layer),
    Definition("MLP", plain=MLP),
    Definition("predict", plain=predict, torch=torch_predict),
]
