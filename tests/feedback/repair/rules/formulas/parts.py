"""An optimizer, a network and some functions beside an engine, and the edits of each."""

import ast
from functools import lru_cache

from grader.feedback.repair.candidates import Suspicion, candidates
from grader.feedback.repair.edit import edited
from grader.feedback.repair.outline import FunctionPlace, outline
from tests.feedback.repair.engine import ENGINE

PARTS = """\
class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters = list(parameters)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [0.0 for _ in self.parameters]

    def step(self):
        for at, parameter in enumerate(self.parameters):
            self.velocities[at] = self.momentum * self.velocities[at] + parameter.grad
            parameter.data -= self.lr * self.velocities[at]


class Adam:
    def __init__(self, parameters, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.parameters = parameters
        self.lr = lr
        self.betas = betas
        self.eps = eps
        self.t = 0
        self.m = {id(p): 0.0 for p in parameters}
        self.v = {id(p): 0.0 for p in parameters}

    def step(self):
        self.t += 1
        b1, b2 = self.betas
        for p in self.parameters:
            self.m[id(p)] = b1 * self.m[id(p)] + (1 - b1) * p.grad
            self.v[id(p)] = b2 * self.v[id(p)] + (1 - b2) * p.grad**2
            mean = (self.m[id(p)] / (1 - b1**self.t))
            square = (self.v[id(p)] / (1 - b2**self.t))
            p.data -= self.lr * mean / (math.sqrt(square) + self.eps)


def rate(base, made, every, factor):
    return base * factor ** (made // every)


def wave(base, made, steps):
    return base * ((1 + math.cos(math.pi * made / steps)) / 2)


def clip_value(parameters, most):
    for p in parameters:
        p.grad = max(-most, min(most, p.grad))


def clip_norm(parameters, most):
    length = sum(p.grad**2 for p in parameters) ** 0.5
    if length > most:
        for p in parameters:
            p.grad *= most / length
    return length


def total_length(parameters):
    total = 0.0
    for p in parameters:
        total += p.grad * p.grad
    total **= 0.5
    return total


def rate_by_loop(rate, made, every, factor):
    while made >= every:
        rate, made = rate * factor, made - every
    return rate


def moved(numbers, at, by):
    return [one + by if i == at else one for i, one in enumerate(numbers)]


def shifted(numbers, at, by):
    return moved(numbers, at, by)


def half(base):
    return (0.5 * base) + base


def log_loss(scores, right):
    return (sum(scores) - scores[right])


def slope(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


class Neuron:
    def __init__(self, inputs):
        self.weights = [Value(0.5) for _ in range(inputs)]
        self.bias = Value(0.0)

    def __call__(self, values):
        total = self.bias
        for weight, value in zip(self.weights, values):
            total = total + weight * value
        return total.tanh()

    def parameters(self):
        return [*self.weights, self.bias]


class Chain:
    def __init__(self, layers, act):
        self.layers = layers
        self.last = [Value(1.0)]
        self.act = act

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return self.act(x)

    def zero_grad(self):
        for p in self.parameters():
            p.grad = 0

    def parameters(self):
        return self.layers + [self.last]


class Layer:
    def __init__(self, inputs, outputs):
        self.neurons = [Neuron(inputs) for _ in range(outputs)]

    def parameters(self):
        return [one for neuron in self.neurons for one in neuron.parameters()]


class MLP:
    def __init__(self, inputs, sizes, kind="tanh"):
        self.layers = []
        for place, size in enumerate(sizes):
            self.layers.append(Layer(inputs, size, kind if place < len(sizes) - 1 else "linear"))


def loss_of(shares, right):
    return -shares[right].tanh()
"""
UNSEEN = dict.fromkeys(map(ord, "() \n"))
SOURCE = f"{ENGINE}\n\n{PARTS}"


def kind_mending(right: str, wrong: str, *asked: str) -> str | None:
    """Return the kind of the first edit that gives the right parts back, None where none does.

    Args:
        right: a text of them, which stands there once.
        wrong: what somebody wrote in its place.
        asked: the names that a failing Program asks for.
    """
    assert SOURCE.count(right) == 1, right
    return kind_giving(SOURCE.replace(right, wrong), SOURCE, *asked)


def kind_giving(source: str, right: str, *asked: str) -> str | None:
    """Return the kind of the first edit that makes one source of another, None where none does."""
    signs = _signs(right)
    for one in candidates((source,), Suspicion(frozenset(asked)), "Value"):
        (after,) = edited((source,), one.edits)
        if _signs(after) == signs and _unparsed(after) == _unparsed(right):
            return one.kind
    return None


@lru_cache(maxsize=8)
def _unparsed(source: str) -> str:
    return ast.unparse(ast.parse(source))


def _signs(source: str) -> str:
    """Return what has to be the same where two sources are: parsing takes a thousand times that."""
    return source.translate(UNSEEN)


def place_of(name: str, kind: str = "", source: str = SOURCE) -> FunctionPlace:
    """Return a function of the parts by its name and its class's."""
    return next(
        place
        for place in outline((source,)).functions
        if place.node.name == name and (place.kind.name if place.kind else "") == kind
    )
