"""Looks the truth of an engine on arrays up: its Functions beside torch's, in short chains."""

import random
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch

CHAINS = 60
TOLERANCE = 1e-8
FUNCTIONS = {
    "tensor/elementwise": ("Sub", "Mul", "Div", "Pow"),
    "tensor/matmul": ("MatMul",),
    "tensor/activations": ("ReLU", "Sigmoid", "Tanh", "Exp", "Log"),
    "tensor/reductions": ("Sum", "Mean"),
}
WANT_POSITIVE = {"Log", "Pow", "Div"}
ON_TORCH: dict[str, Callable[..., torch.Tensor]] = {
    "Add": lambda a, b: a + b,
    "Sub": lambda a, b: a - b,
    "Mul": lambda a, b: a * b,
    "Div": lambda a, b: a / b,
    "Pow": lambda a, n: a**n,
    "MatMul": torch.matmul,
    "ReLU": torch.relu,
    "Sigmoid": torch.sigmoid,
    "Tanh": torch.tanh,
    "Exp": torch.exp,
    "Log": torch.log,
    "Sum": lambda a, axis: a.sum() if axis is None else a.sum(axis),
    "Mean": lambda a, axis: a.mean() if axis is None else a.mean(axis),
}


def first_difference(made: dict[str, Any], exercise: str, seed: int) -> str:
    """Return where the Functions of a namespace first differ from torch's, or ""."""
    randoms = random.Random(f"{exercise}{seed}")
    for _ in range(CHAINS):
        names = [randoms.choice(FUNCTIONS[exercise]) for _ in range(randoms.randint(1, 2))]
        try:
            same = _agrees(made, names, randoms)
        except Exception as error:
            return f"{type(error).__name__} in {names}: {error}"
        if not same:
            return f"{names} differs"
    return ""


def _agrees(made: dict[str, Any], names: Sequence[str], randoms: random.Random) -> bool:
    numbers = np.random.default_rng(randoms.randrange(1 << 30))
    arrays = [numbers.uniform(0.5, 2.0, (3, 3)) * _signs(names, numbers) for _ in range(2)]
    own = [made["Tensor"](one.copy(), requires_grad=True) for one in arrays]
    wanted = [torch.tensor(one, requires_grad=True) for one in arrays]
    result, tensor = own[0], wanted[0]
    for name in names:
        if tensor.ndim < 2 or (name in WANT_POSITIVE and not tensor.is_leaf):
            break
        other = randoms.randrange(2)
        turned = bool(randoms.randrange(2))
        extra = randoms.choice((2, 3, -1, 0.5)) if name == "Pow" else randoms.choice((None, 0, 1))
        operands = _operands(name, (result, own[other]), extra, turned)
        result = made[name]().forward(*operands)
        tensor = ON_TORCH[name](*_operands(name, (tensor, wanted[other]), extra, turned))
    upstream = numbers.uniform(-2.0, 2.0, tuple(tensor.shape))
    result.backward(upstream if tensor.ndim else float(upstream))
    torch.autograd.backward(tensor, torch.tensor(upstream))
    pairs = [(result.data, tensor.detach())]
    pairs += [(a.grad, b.grad) for a, b in zip(own, wanted, strict=True) if b.grad is not None]
    return all(np.allclose(got, want.numpy(), TOLERANCE, TOLERANCE) for got, want in pairs)


def _signs(names: Sequence[str], numbers: np.random.Generator) -> Any:
    """Return signs, all of them plus where a negative number has no logarithm or root."""
    if WANT_POSITIVE & {*names}:
        return 1.0
    return numbers.choice((-1.0, 1.0), (3, 3))


def _operands(name: str, nodes: tuple[Any, Any], extra: Any, turned: bool) -> tuple[Any, ...]:
    if name in ("Pow", "Sum", "Mean"):
        return nodes[0], extra
    if name in ("ReLU", "Sigmoid", "Tanh", "Exp", "Log"):
        return nodes[:1]
    return nodes[::-1] if turned else nodes
