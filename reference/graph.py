"""The graph of array operations: what a node remembers, and the pass that differentiates it."""

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.float64]
Rule: TypeAlias = Callable[[Array], tuple[Array, ...]]
"""Turns d loss / d result into what each operand receives, in the order of the operands.

A share has the shape of its operand, or one that its operand broadcasts to.
"""


class Call(NamedTuple):
    """One use of an operation; its result keeps it until the backward pass.

    Attributes:
        operands: what it was computed from.
        rule: what they receive.
    """

    operands: "tuple[Node, ...]"
    rule: Rule


_LEAF = Call((), lambda _grad: ())
_FREED = Call((), lambda _grad: ())  # equal to _LEAF, so they are told apart by identity


class Node:
    """An array, the call that computed it, and its gradient.

    A node knows its operands and they do not know it, so there is no reference cycle: a graph
    lives until its `backward()`, or until nobody holds its root.

    Attributes:
        data: the numbers, float64, of any shape; what is set is copied. A call differentiates at
            the arrays it was given: setting `data` later changes nothing, writing into it does.
        requires_grad: whether it gets a gradient; a result does if one of its operands does.
        grad: d loss / d data, of the shape of `data`, added up over every path and every
            `backward()` so far. Zeros before the first; None where none is required.
    """

    __slots__ = ("_call", "_data", "grad", "requires_grad")

    def __init__(self, data: npt.ArrayLike, requires_grad: bool = False) -> None:
        self.data = data
        self.requires_grad = requires_grad
        self.grad: Array | None
        self.zero_grad()
        self._call = _LEAF

    @property
    def data(self) -> Array:
        """The numbers, as an array that may be written into."""
        return self._data

    @data.setter
    def data(self, data: npt.ArrayLike) -> None:
        self._data = np.array(data, dtype=np.float64)

    def zero_grad(self) -> None:
        """Set the gradient to zeros of the shape of `data`, where one is required."""
        self.grad = np.zeros_like(self.data) if self.requires_grad else None

    @np.errstate(all="ignore")
    def backward(self, grad: npt.ArrayLike | None = None) -> None:
        """Add d loss / d data to the gradient of this node and of all below it; free the graph.

        Inner nodes keep their gradients, and lose their calls. A leaf has no call to lose.

        Args:
            grad: d loss / d this, in loss per unit of `data`, of a shape that broadcasts to this
                node's. Left out, it is 1 everywhere: the loss is the sum of the entries.

        Raises:
            RuntimeError: no gradient is required, or an earlier pass freed a part of the graph.
            ValueError: `grad` does not fit; the message gives both shapes. Whatever is raised,
                no gradient has changed.

        Source: the chain rule, from results to operands.
        """
        incoming = {self: self._seed(grad)}
        for node in reversed(self._topological_order()):
            upstream = incoming.pop(node)
            for operand, share in node._shares(upstream):
                incoming[operand] = incoming[operand] + share if operand in incoming else share
            node._receive(upstream)

    def _seed(self, grad: npt.ArrayLike | None) -> Array:
        if not self.requires_grad:
            raise RuntimeError("nothing here requires a gradient: make a leaf with requires_grad")
        seed = np.array(1.0 if grad is None else grad, dtype=np.float64)
        try:
            return np.broadcast_to(seed, self.data.shape)
        except ValueError as error:
            shapes = f"of shape {seed.shape} for data of shape {self.data.shape}"
            raise ValueError(f"a gradient {shapes}") from error

    def _topological_order(self) -> "list[Node]":
        # Postorder of a depth-first search, on a stack of its own so that depth is free.
        order: list[Node] = []
        entered: set[Node] = set()
        stack = [(self, False)]
        while stack:
            node, operands_are_done = stack.pop()
            if operands_are_done:
                order.append(node)
            elif node not in entered:
                entered.add(node)
                stack.append((node, True))
                stack.extend((operand, False) for operand in reversed(node._operands()))
        return order

    def _operands(self) -> "tuple[Node, ...]":
        if self._call is _FREED:
            raise RuntimeError("an earlier backward() freed this graph: compute it anew first")
        return tuple(operand for operand in self._call.operands if operand.requires_grad)

    def _shares(self, upstream: Array) -> "Iterator[tuple[Node, Array]]":
        operands, rule = self._call
        for operand, share in zip(operands, rule(upstream), strict=True):
            if operand.requires_grad:
                yield operand, summed_to(operand.data.shape, share)

    def _receive(self, upstream: Array) -> None:
        # An array of its own, also where numpy gives a number or a view.
        self.grad = np.array(upstream if self.grad is None else self.grad + upstream)
        if self._call is not _LEAF:
            self._call = _FREED


def summed_to(shape: tuple[int, ...], share: Array) -> Array:
    """Add up what the copies of an operand receive, where broadcasting has repeated it.

    Args:
        shape: the operand's.
        share: d loss / d operand for each copy, of a shape that `shape` broadcasts to.

    Returns:
        d loss / d operand, of shape `shape`.

    Source: the transpose of repeating is adding up.
    """
    new = share.ndim - len(shape)
    sizes = (1,) * new + shape
    repeated = tuple(axis for axis, size in enumerate(sizes) if size != share.shape[axis])
    summed: Array = share.sum(axis=repeated).reshape(shape)
    return summed
