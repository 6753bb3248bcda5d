"""Networks of scalar neurons, after micrograd."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from itertools import pairwise
from random import Random
from typing import TypeAlias

from .scalar import Operand, Value

Activation: TypeAlias = Callable[[Value], Value]


def linear(value: Value) -> Value:
    """Return `value` itself: the activation that bends nothing."""
    return value


class Module(ABC):
    """Something with parameters to train."""

    @abstractmethod
    def parameters(self) -> list[Value]:
        """Return the Values that training may change, always in the same order."""

    def zero_grad(self) -> None:
        """Set the gradient of every parameter to 0."""
        for parameter in self.parameters():
            parameter.grad = 0.0


class Neuron(Module):
    """activation(w · x + b), with one weight for each input."""

    def __init__(self, inputs: int, activation: Activation, random: Random) -> None:
        """Draw the weights.

        Args:
            inputs: how many numbers it takes.
            activation: `Value.tanh`, `Value.relu`, `linear`, …
            random: the source of the weights, uniform in [-1, 1]. The bias starts at 0.
        """
        self.weights = [Value(random.uniform(-1, 1)) for _ in range(inputs)]
        self.bias = Value(0.0)
        self.activation = activation

    def __call__(self, inputs: Sequence[Operand]) -> Value:
        """Return the neuron's answer to `inputs`.

        Raises:
            ValueError: there is not one input for each weight; the message gives both counts.
        """
        if len(inputs) != len(self.weights):
            raise ValueError(f"{len(inputs)} inputs for {len(self.weights)} weights")
        weighted = (w * x for w, x in zip(self.weights, inputs, strict=True))
        return self.activation(sum(weighted, self.bias))

    def parameters(self) -> list[Value]:
        """Return the weights, and the bias last."""
        return [*self.weights, self.bias]


class Layer(Module):
    """Neurons side by side, all with the same inputs."""

    def __init__(self, inputs: int, outputs: int, activation: Activation, random: Random) -> None:
        """Make `outputs` neurons, which draw their weights one after the other."""
        self.neurons = [Neuron(inputs, activation, random) for _ in range(outputs)]

    def __call__(self, inputs: Sequence[Operand]) -> list[Value]:
        """Return one answer for each neuron; a list even of one."""
        return [neuron(inputs) for neuron in self.neurons]

    def parameters(self) -> list[Value]:
        """Return the parameters of each neuron in turn."""
        return [parameter for neuron in self.neurons for parameter in neuron.parameters()]


class MLP(Module):
    """Layers one after the other; the last one is linear."""

    def __init__(
        self, inputs: int, outputs: Sequence[int], activation: Activation, random: Random
    ) -> None:
        """Make one layer for each number in `outputs`.

        Args:
            inputs: how many numbers the network takes.
            outputs: how many neurons each layer has.
            activation: of every layer but the last.
            random: the source of the weights.

        Raises:
            ValueError: `outputs` is empty.
        """
        if not outputs:
            raise ValueError("a network needs a layer, and outputs is empty")
        *hidden, last = pairwise([inputs, *outputs])
        self.layers = [Layer(*sizes, activation, random) for sizes in hidden]
        self.layers.append(Layer(*last, linear, random))

    def __call__(self, inputs: Sequence[Operand]) -> list[Value]:
        """Return the answers of the last layer."""
        first, *others = self.layers
        signals = first(inputs)
        for layer in others:
            signals = layer(signals)
        return signals

    def parameters(self) -> list[Value]:
        """Return the parameters of each layer in turn."""
        return [parameter for layer in self.layers for parameter in layer.parameters()]
