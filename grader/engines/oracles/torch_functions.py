"""Functions and optimizers of torch's, dressed for the nodes that Programs work with.

They are given tensors where a Program gives nodes, and what they give becomes nodes: a vector a
list of them. Every gradient comes out of `torch.autograd.grad`; nothing here knows a derivative.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeAlias

import torch

from grader.engines.oracles.torch_arrays import TorchTensor
from grader.engines.oracles.torch_values import Operation, TorchValue

Node: TypeAlias = TorchValue | TorchTensor


def in_torch(name: str, function: Callable[..., object]) -> Callable[..., object]:
    """Return a function of tensors as one of nodes.

    Args:
        name: for its results.
        function: gives tensors, numbers, lists and tuples of them, or an optimizer.
    """

    def of_nodes(*operands: object, **keywords: object) -> object:
        given = (operands, keywords)
        nodes = list(_nodes_in(given))
        places, by_name = _with_tensors(given, iter([node.tensor for node in nodes]))
        leaves = [node for node in nodes if isinstance(node, TorchValue) and node.tensor.is_leaf]
        with _gradients_lent(leaves):
            result = function(*places, **by_name)
        if isinstance(result, torch.optim.Optimizer):
            return TorchOptimizer(nodes, result)

        def again(*tensors: torch.Tensor) -> object:
            places, by_name = _with_tensors(given, iter(tensors))
            return function(*places, **by_name)

        return _as_nodes(result, name, nodes, again)

    return of_nodes


@contextmanager
def _gradients_lent(leaves: list[TorchValue]) -> Iterator[None]:
    """Lend leaves' gradients to their tensors, for functions that change them in place."""
    for leaf in leaves:
        leaf.tensor.grad = torch.tensor(leaf.grad, dtype=torch.float64)
    try:
        yield
        for leaf in leaves:
            leaf.grad = leaf.grad if leaf.tensor.grad is None else float(leaf.tensor.grad)
    finally:
        for leaf in leaves:
            leaf.tensor.grad = None


class TorchOptimizer:
    """An optimizer of torch's that moves nodes: it has tensors of its own, equal to theirs.

    An attribute is one of its options, `lr` say.
    """

    def __init__(self, nodes: list[Node], optimizer: torch.optim.Optimizer) -> None:
        self._optimizer = optimizer
        self._pairs: list[tuple[Node, torch.Tensor]] = []
        by_tensor = {id(node.tensor): node for node in nodes}
        for group in optimizer.param_groups:
            nodes_of_group = [by_tensor[id(tensor)] for tensor in group["params"]]
            group["params"] = [node.tensor.detach().clone() for node in nodes_of_group]
            self._pairs += zip(nodes_of_group, group["params"], strict=True)

    def __getattr__(self, name: str) -> object:
        options = self._optimizer.param_groups[0]
        if name.startswith("_") or name not in options:
            raise AttributeError(f"torch's optimizer has no option {name!r}")
        return options[name]

    def step(self) -> None:
        """Move every node by its gradient."""
        for node, tensor in self._pairs:
            tensor.copy_(node.tensor.detach())
            tensor.grad = torch.as_tensor(node.grad, dtype=torch.float64).clone()
        self._optimizer.step()
        for node, tensor in self._pairs:
            moved: Any = tensor.clone()
            node.data = moved if isinstance(node, TorchTensor) else float(moved)

    def zero_grad(self) -> None:
        """Set the gradient of every node to 0."""
        for node, _ in self._pairs:
            node.zero_grad()


def _nodes_in(held: object) -> Iterator[Node]:
    if isinstance(held, TorchValue | TorchTensor):
        yield held
    elif isinstance(held, list | tuple | dict):
        for item in held.values() if isinstance(held, dict) else held:
            yield from _nodes_in(item)


def _with_tensors(held: Any, tensors: Iterator[torch.Tensor]) -> Any:
    """Return what is held with tensors in place of its nodes, and of numpy's arrays."""
    if isinstance(held, TorchValue | TorchTensor):
        return next(tensors)
    if isinstance(held, list | tuple):
        return type(held)(_with_tensors(item, tensors) for item in held)
    if isinstance(held, dict):
        return {name: _with_tensors(item, tensors) for name, item in held.items()}
    return torch.from_numpy(held) if type(held).__module__ == "numpy" else held


def _as_nodes(result: Any, name: str, nodes: list[Node], again: Callable[..., Any]) -> object:
    """Return a result with nodes in place of its tensors; without nodes there is none to make.

    Args:
        result: of a function of tensors.
        name: of the function.
        nodes: that it was given.
        again: gives the result anew for other tensors in their place.
    """
    if isinstance(result, list | tuple):
        items = [
            _as_nodes(item, name, nodes, lambda *tensors, at=at: again(*tensors)[at])
            for at, item in enumerate(result)
        ]
        return type(result)(items)
    if not isinstance(result, torch.Tensor) or not nodes:
        return result
    if isinstance(nodes[0], TorchTensor):
        return _array_node(result, [node for node in nodes if isinstance(node, TorchTensor)])
    if result.ndim:
        return _as_nodes(list(result.unbind()), name, nodes, again)
    return _node(result, name, nodes, again)


def _node(tensor: torch.Tensor, name: str, nodes: list[Node], operation: Operation) -> TorchValue:
    if not tensor.requires_grad:  # it was detached: to Programs a leaf like any other
        return TorchValue(float(tensor))
    result = TorchValue(0.0)
    result.tensor = tensor
    result._op = name
    result._children = tuple(node for node in nodes if isinstance(node, TorchValue))
    result._operation = operation
    return result


def _array_node(tensor: torch.Tensor, operands: list[TorchTensor]) -> TorchTensor:
    if not tensor.requires_grad:
        return TorchTensor(tensor)
    result = TorchTensor(0.0, requires_grad=any(operand.requires_grad for operand in operands))
    result.tensor = tensor
    result.zero_grad()
    result._operands = tuple(operands)
    return result


def _of_list(function: Callable[..., torch.Tensor]) -> Callable[..., torch.Tensor]:
    return lambda numbers: function(torch.stack([*numbers]), dim=0)


LISTS: Mapping[str, Callable[..., object]] = {
    "softmax": in_torch("softmax", _of_list(torch.softmax)),
    "log_softmax": in_torch("log_softmax", _of_list(torch.log_softmax)),
    "max": in_torch("max", _of_list(torch.amax)),
}
