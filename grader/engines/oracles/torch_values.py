"""The second oracle's numbers: torch in float64, dressed as nodes of a scalar engine.

Every gradient comes out of `torch.autograd.grad`; nothing here knows a derivative.
"""

from collections.abc import Callable
from typing import TypeAlias

import torch

Tensor: TypeAlias = torch.Tensor
Operation: TypeAlias = Callable[..., Tensor]
Number: TypeAlias = float | int


class TorchValue:
    """A node whose value and gradients torch computes.

    Attributes:
        tensor: shape (), float64, in torch's own graph.
        grad: d root / d this node, added up over backward passes.
        label: a name.
    """

    def __init__(self, data: Number, label: str = "") -> None:
        self.tensor = torch.tensor(data, dtype=torch.float64, requires_grad=True)
        self.grad: Number = 0.0
        self.label = label
        self._op = ""
        self._children: tuple[TorchValue, ...] = ()
        self._operation: Operation | None = None

    @property
    def data(self) -> float:
        """The node's value; setting it makes a new leaf of the node."""
        return float(self.tensor.detach())

    @data.setter
    def data(self, data: Number) -> None:
        self.tensor = torch.tensor(data, dtype=torch.float64, requires_grad=True)

    def __repr__(self) -> str:
        return f"Value(data={self.data})"

    def __add__(self, other: "TorchValue | Number") -> "TorchValue":
        return _result("+", torch.add, self, _node(other))

    def __mul__(self, other: "TorchValue | Number") -> "TorchValue":
        return _result("*", torch.mul, self, _node(other))

    def __truediv__(self, other: "TorchValue | Number") -> "TorchValue":
        return _result("/", torch.div, self, _node(other))

    def __pow__(self, other: "TorchValue | Number") -> "TorchValue":
        if isinstance(other, TorchValue):
            return _result("**", torch.pow, self, other)
        return _result(f"**{other}", lambda base: torch.pow(base, float(other)), self)

    def __neg__(self) -> "TorchValue":
        return _result("neg", torch.neg, self)

    def __sub__(self, other: "TorchValue | Number") -> "TorchValue":
        return self + (-_node(other))

    def __radd__(self, other: Number) -> "TorchValue":
        return _node(other) + self

    def __rmul__(self, other: Number) -> "TorchValue":
        return _node(other) * self

    def __rsub__(self, other: Number) -> "TorchValue":
        return _node(other) - self

    def __rtruediv__(self, other: Number) -> "TorchValue":
        return _node(other) / self

    def __rpow__(self, other: Number) -> "TorchValue":
        return _node(other) ** self

    def __abs__(self) -> "TorchValue":
        return _result("abs", torch.abs, self)

    def relu(self) -> "TorchValue":
        """Return max(0, x)."""
        return _result("relu", torch.relu, self)

    def tanh(self) -> "TorchValue":
        """Return the hyperbolic tangent."""
        return _result("tanh", torch.tanh, self)

    def exp(self) -> "TorchValue":
        """Return e to the power of x."""
        return _result("exp", torch.exp, self)

    def log(self) -> "TorchValue":
        """Return the natural logarithm."""
        return _result("log", torch.log, self)

    def sigmoid(self) -> "TorchValue":
        """Return 1 / (1 + exp(-x))."""
        return _result("sigmoid", torch.sigmoid, self)

    def sqrt(self) -> "TorchValue":
        """Return the square root."""
        return _result("sqrt", torch.sqrt, self)

    def sin(self) -> "TorchValue":
        """Return the sine."""
        return _result("sin", torch.sin, self)

    def cos(self) -> "TorchValue":
        """Return the cosine."""
        return _result("cos", torch.cos, self)

    def gelu(self) -> "TorchValue":
        """Return x P(X <= x), without an approximation."""
        return _result("gelu", torch.nn.functional.gelu, self)

    def topological_order(self) -> "list[TorchValue]":
        """Return every node below this one once, children before parents."""
        order: list[TorchValue] = []
        seen: set[TorchValue] = set()
        waiting = [(self, False)]
        while waiting:
            node, done = waiting.pop()
            if done:
                order.append(node)
            elif node not in seen:
                seen.add(node)
                waiting.append((node, True))
                waiting += [(child, False) for child in node._children]
        return order

    def backward(self) -> None:
        """Add d self / d node to the gradient of every node below."""
        nodes = self.topological_order()
        tensors = [node.tensor for node in nodes]
        gradients = torch.autograd.grad(self.tensor, tensors, retain_graph=True, allow_unused=True)
        for node, gradient in zip(nodes, gradients, strict=True):
            node.grad += 0.0 if gradient is None else float(gradient)

    def _backward(self) -> None:
        """Pass this node's gradient on to its operands, one step."""
        if self._operation is None:
            return
        inputs = {child: child.tensor.detach().requires_grad_() for child in self._children}
        result = self._operation(*(inputs[child] for child in self._children))
        upstream = torch.tensor(self.grad, dtype=torch.float64)
        gradients = torch.autograd.grad(result, list(inputs.values()), grad_outputs=upstream)
        for child, gradient in zip(inputs, gradients, strict=True):
            child.grad += float(gradient)

    def zero_grad(self) -> None:
        """Set the gradient of every node below to 0."""
        for node in self.topological_order():
            node.grad = 0.0


def _result(op: str, operation: Operation, *operands: TorchValue) -> TorchValue:
    result = TorchValue(0.0)
    result.tensor = operation(*(operand.tensor for operand in operands))
    result._op = op
    result._children = operands
    result._operation = operation
    return result


def _node(value: TorchValue | Number) -> TorchValue:
    return value if isinstance(value, TorchValue) else TorchValue(value)
