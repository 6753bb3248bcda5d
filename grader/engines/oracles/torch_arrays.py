"""The second oracle's arrays: torch in float64, dressed as Tensor and Functions.

Every gradient comes out of `torch.autograd.grad`; nothing here knows a derivative.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeAlias

import torch

Operation: TypeAlias = Callable[..., torch.Tensor]
Axis: TypeAlias = int | tuple[int, ...] | None


class TorchTensor:
    """A tensor whose numbers and gradients torch computes.

    Attributes:
        tensor: float64, in torch's own graph.
        requires_grad: whether it gets a gradient.
        grad: d root / d this, added up over backward passes; zeros before, None if none is due.
    """

    def __init__(self, data: object, requires_grad: bool = False) -> None:
        self.requires_grad = requires_grad
        self.data = torch.as_tensor(data, dtype=torch.float64)
        self.grad: torch.Tensor | None = None
        self.zero_grad()
        self._operands: tuple[TorchTensor, ...] = ()
        self._is_freed = False

    @property
    def data(self) -> torch.Tensor:
        """The numbers; setting them makes a new leaf of the tensor."""
        return self.tensor.detach()

    @data.setter
    def data(self, data: torch.Tensor) -> None:
        self.tensor = data.detach().clone().requires_grad_(self.requires_grad)

    def zero_grad(self) -> None:
        """Set the gradient to zeros, where one is required."""
        self.grad = torch.zeros_like(self.data) if self.requires_grad else None

    def backward(self, grad: object = 1.0) -> None:
        """Add d self / d node to the gradient of every node below, and free the graph.

        torch itself notices a freed graph by what its operations had saved for the pass, and a sum
        saves nothing; so each result keeps a flag of its own.

        Raises:
            RuntimeError: an earlier pass freed a part of the graph, or no gradient is required.
        """
        nodes = self._below()
        if any(node._is_freed for node in nodes):
            raise RuntimeError("an earlier backward() freed this graph")
        upstream = torch.as_tensor(grad, dtype=torch.float64).broadcast_to(self.data.shape)
        tensors = [node.tensor for node in nodes]
        shares = torch.autograd.grad(self.tensor, tensors, grad_outputs=upstream)
        for node, share in zip(nodes, shares, strict=True):
            node.grad = share if node.grad is None else node.grad + share
            node._is_freed = bool(node._operands)

    def _below(self) -> "list[TorchTensor]":
        """Return this and every node that it was computed from, those that require a gradient."""
        below = {self: None}
        waiting = [self]
        while waiting:
            operands = [node for node in waiting.pop()._operands if node.requires_grad]
            waiting += [node for node in operands if node not in below]
            below |= dict.fromkeys(operands)
        return list(below)

    def __add__(self, other: object) -> "TorchTensor":
        return TorchFunction(torch.add).forward(self, other)

    def __radd__(self, other: object) -> "TorchTensor":
        return TorchFunction(torch.add).forward(self, other)

    def __sub__(self, other: object) -> "TorchTensor":
        return TorchFunction(torch.sub).forward(self, other)

    def __rsub__(self, other: object) -> "TorchTensor":
        return TorchFunction(torch.rsub).forward(self, other)

    def __mul__(self, other: object) -> "TorchTensor":
        return TorchFunction(torch.mul).forward(self, other)

    def __rmul__(self, other: object) -> "TorchTensor":
        return TorchFunction(torch.mul).forward(self, other)

    def __truediv__(self, other: object) -> "TorchTensor":
        return TorchFunction(torch.div).forward(self, other)

    def __rtruediv__(self, other: object) -> "TorchTensor":
        return TorchFunction(lambda tensor, number: number / tensor).forward(self, other)

    def __pow__(self, other: object) -> "TorchTensor":
        return TorchFunction(torch.pow).forward(self, other)

    def __neg__(self) -> "TorchTensor":
        return TorchFunction(torch.neg).forward(self)


class TorchFunction:
    """An operation of torch's, in the form of a Function."""

    def __init__(self, operation: Operation) -> None:
        self._operation = operation

    def forward(self, *operands: object, **options: Any) -> TorchTensor:
        """Return the result; numbers, exponents say, and axes are taken as they are."""
        tensors = tuple(operand for operand in operands if isinstance(operand, TorchTensor))
        arguments = [getattr(operand, "tensor", operand) for operand in operands]
        result = TorchTensor(0.0, requires_grad=any(tensor.requires_grad for tensor in tensors))
        result.tensor = self._operation(*arguments, **options)
        result.zero_grad()
        result._operands = tensors
        return result


def _sum(tensor: torch.Tensor, axis: Axis = None, keepdims: bool = False) -> torch.Tensor:
    return torch.sum(tensor, dim=axis, keepdim=keepdims)


def _mean(tensor: torch.Tensor, axis: Axis = None, keepdims: bool = False) -> torch.Tensor:
    return torch.mean(tensor, dim=axis, keepdim=keepdims)


_OPERATIONS: Mapping[str, Operation] = {
    "Add": torch.add,
    "Sub": torch.sub,
    "Mul": torch.mul,
    "Div": torch.div,
    "Pow": torch.pow,
    "Neg": torch.neg,
    "MatMul": torch.mm,
    "ReLU": torch.relu,
    "Sigmoid": torch.sigmoid,
    "Tanh": torch.tanh,
    "Exp": torch.exp,
    "Log": torch.log,
    "Sqrt": torch.sqrt,
    "Sin": torch.sin,
    "Cos": torch.cos,
    "Sum": _sum,
    "Mean": _mean,
}
ARRAYS: Mapping[str, Callable[..., object]] = {
    "Tensor": TorchTensor,
    **{name: partial(TorchFunction, operation) for name, operation in _OPERATIONS.items()},
}
