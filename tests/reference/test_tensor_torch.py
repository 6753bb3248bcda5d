"""Tensors and torch give the same values and gradients: random programs, a network, the edges."""

import math
from collections.abc import Callable
from functools import partial
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import pytest

from reference import tensor as reference
from reference.graph import Array
from reference.tensor import Tensor
from tests.claims import failures

torch: Any = pytest.importorskip("torch", reason="torch is not installed, so cannot be compared")

Operation = Callable[..., Any]
SHAPES = [
    (),
    (1,),
    (3,),
    (4,),
    (1, 4),
    (3, 1),
    (3, 3),
    (3, 4),
    (4, 3),
    (4, 4),
    (2, 1, 4),
    (2, 3, 1),
]
SMALLEST, LARGEST = 1e-9, 100.0
TOLERANCE = 1e-9


class Pair(NamedTuple):
    """One operation, by our Function and in torch's words."""

    ours: Operation
    torch: Operation


def reducing(name: str, axis: Any, keepdims: bool) -> Pair:
    def torch_reduce(x: Any) -> Any:
        axes = tuple(range(x.ndim)) if axis is None else axis
        return getattr(torch, name)(x, dim=axes, keepdim=keepdims) if x.ndim else x * 1

    function = getattr(reference, name.capitalize())
    return Pair(lambda x: function().forward(x, axis=axis, keepdims=keepdims), torch_reduce)


UNARY = {
    "neg": Pair(lambda x: -x, lambda x: -x),
    "relu": Pair(lambda x: reference.ReLU().forward(x), lambda x: x.relu()),
    "sigmoid": Pair(lambda x: reference.Sigmoid().forward(x), lambda x: x.sigmoid()),
    "tanh": Pair(lambda x: reference.Tanh().forward(x), lambda x: x.tanh()),
    "exp": Pair(lambda x: reference.Exp().forward(x), lambda x: x.exp()),
    "sin": Pair(lambda x: reference.Sin().forward(x), lambda x: x.sin()),
    "cos": Pair(lambda x: reference.Cos().forward(x), lambda x: x.cos()),
    "log": Pair(lambda x: reference.Log().forward(x), lambda x: x.log()),
    **{
        f"pow {n}": Pair(lambda x, n=n: reference.Pow().forward(x, n), lambda x, n=n: x**n)
        for n in (-2, -1, 0, 1, 2, 3, 1.5)
    },
    "2 ** x": Pair(lambda x: 2**x, lambda x: 2**x),
    "3 / x": Pair(lambda x: 3 / x, lambda x: 3 / x),
    "1 - x": Pair(lambda x: 1 - x, lambda x: 1 - x),
}
REDUCING = {
    f"{name} {axis} {keepdims}": reducing(name, axis, keepdims)
    for name, axis, keepdims in product(
        ("sum", "mean"), (None, 0, 1, -1, -2, (0, 1), (-1, 0)), (False, True)
    )
}
BINARY = {
    "add": Pair(lambda x, y: reference.Add().forward(x, y), lambda x, y: x + y),
    "sub": Pair(lambda x, y: reference.Sub().forward(x, y), lambda x, y: x - y),
    "mul": Pair(lambda x, y: reference.Mul().forward(x, y), lambda x, y: x * y),
    "div": Pair(lambda x, y: reference.Div().forward(x, y), lambda x, y: x / y),
    "pow": Pair(lambda x, y: reference.Pow().forward(x, y), lambda x, y: x**y),
    "matmul": Pair(lambda x, y: reference.MatMul().forward(x, y), lambda x, y: x @ y),
}
KINDS = [*[UNARY] * 3, REDUCING, *[BINARY] * 4]


class Twins:
    """The same program on both engines, one list of tensors each."""

    def __init__(self, random: np.random.Generator) -> None:
        self.random = random
        self.ours: list[Tensor] = []
        self.torch: list[Any] = []
        self.operations: list[str] = []

    def add_leaf(self, data: Array, requires_grad: bool = True) -> None:
        self.ours.append(Tensor(data, requires_grad=requires_grad))
        self.torch.append(torch.tensor(data, dtype=torch.float64, requires_grad=requires_grad))

    def apply(self, name: str, pair: Pair, *places: int) -> None:
        """Append the result, unless shapes forbid it or rounding would decide what follows."""
        operands = [self.ours[place] for place in places]
        if name == "pow" and np.any(operands[0].data <= 0):  # is the exponent a whole number?
            return
        try:
            ours = pair.ours(*operands)
        except ValueError:  # the shapes do not fit
            return
        sizes = np.abs(ours.data[ours.data != 0])
        if not np.all((sizes > SMALLEST) & (sizes < LARGEST)):
            return
        self.ours.append(ours)
        self.torch.append(pair.torch(*(self.torch[place] for place in places)))
        self.operations.append(f"{name} @ {places}")

    def apply_any(self) -> None:
        kind = KINDS[self.random.integers(len(KINDS))]
        name = str(self.random.choice(list(kind)))
        # Later tensors are taken more often, so that the graph below the last one is deep.
        share = self.random.beta(2, 1, size=2 if kind is BINARY else 1)
        self.apply(name, kind[name], *(int(place) for place in share * len(self.ours)))

    def backward(self) -> None:
        for tensor in self.torch:
            if tensor.requires_grad:
                tensor.retain_grad()
        weights = self.random.uniform(-2, 2, self.ours[-1].data.shape)
        self.ours[-1].backward(weights)
        self.torch[-1].backward(torch.tensor(weights))

    def assert_equal(self) -> None:
        for ours, theirs in zip(self.ours, self.torch, strict=True):
            assert_close(ours.data, theirs.detach())
            assert (ours.grad is not None) == theirs.requires_grad
            if ours.grad is not None:
                assert ours.grad.shape == ours.data.shape
                # Where no path leads, torch has None, and our Tensor the zeros it began with.
                reached = theirs.grad is not None
                assert_close(ours.grad, theirs.grad if reached else torch.zeros_like(theirs))


def assert_close(ours: Array, theirs: Any) -> None:
    numbers = theirs.numpy()
    if not is_close(ours, numbers):  # which takes a tenth of the time
        np.testing.assert_allclose(ours, numbers, rtol=TOLERANCE, atol=TOLERANCE, strict=True)


def is_close(ours: Array, theirs: Array) -> bool:
    """Whether all entries are finite, and near each other."""
    if (ours.shape, ours.dtype) != (theirs.shape, theirs.dtype):
        return False
    with np.errstate(invalid="ignore"):
        return bool((np.abs(ours - theirs) <= TOLERANCE + TOLERANCE * np.abs(theirs)).all())


def random_twins(seed: int) -> Twins:
    twins = Twins(np.random.default_rng(seed))
    random = twins.random
    for shape in random.choice(np.array(SHAPES, dtype=object), size=4):
        zeros = random.random(shape) < 0.1
        data = np.where(zeros, 0.0, random.uniform(-2, 2, shape))
        twins.add_leaf(data, requires_grad=bool(random.random() < 0.8))
    for _ in range(30):
        twins.apply_any()
    if not twins.ours[-1].requires_grad:
        twins.add_leaf(np.array(1.5))
        twins.apply("mul", BINARY["mul"], len(twins.ours) - 2, len(twins.ours) - 1)
    return twins


@pytest.mark.parametrize("seeds", [range(first, first + 100) for first in range(0, 600, 100)])
def test_a_random_program_is_answered_as_torch_does(seeds: range) -> None:
    def is_answered(seed: int) -> None:
        twins = random_twins(seed)
        twins.backward()
        twins.assert_equal()

    assert failures(is_answered, seeds) == {}


def test_the_random_programs_use_every_operation_in_deep_graphs() -> None:
    programs = [random_twins(seed) for seed in range(100)]
    for twins in programs:
        twins.backward()

    used = {operation.split(" @ ")[0] for twins in programs for operation in twins.operations}
    sizes = [sum(tensor.grad is not None for tensor in twins.ours) for twins in programs]
    assert used == {*UNARY, *REDUCING, *BINARY}
    assert sum(size >= 10 for size in sizes) >= 25


# A network, trained.


def test_a_network_of_two_layers_is_trained_as_torch_trains_it() -> None:
    random = np.random.default_rng(0)
    inputs, wanted = random.normal(size=(8, 3)), random.normal(size=(8, 2))
    shapes = [(3, 5), (5,), (5, 2), (2,)]
    ours = [Tensor(random.normal(size=shape), requires_grad=True) for shape in shapes]
    theirs = [torch.tensor(tensor.data, requires_grad=True) for tensor in ours]

    for _ in range(50):
        first, bias, second, last = ours
        hidden = reference.ReLU().forward(inputs @ first + bias)
        loss = reference.Mean().forward((hidden @ second + last - wanted) ** 2)
        descend(ours, loss)
        first, bias, second, last = theirs
        hidden = (torch.tensor(inputs) @ first + bias).relu()
        torch_loss = ((hidden @ second + last - torch.tensor(wanted)) ** 2).mean()
        descend(theirs, torch_loss)

        assert_close(loss.data, torch_loss.detach())
        for parameter, twin in zip(ours, theirs, strict=True):
            assert_close(parameter.data, twin.detach())


def descend(parameters: list[Any], loss: Any) -> None:
    for parameter in parameters:
        parameter.grad = None
    loss.backward()
    for parameter in parameters:
        parameter.data -= 0.1 * parameter.grad


# The edges of float64.


INF = math.inf
EDGES = [0.0, -0.0, 1.0, -1.0, 2.0, -3.0, 0.7, 1e-3, 400.0, -800.0, 1e200, -1e308, INF, -INF]
EDGES.append(math.nan)


@pytest.mark.parametrize("upstream", [3.0, 0.0, INF])
def test_the_edges_are_answered_as_torch_does(upstream: float) -> None:
    operations = [*UNARY, *sorted(BINARY.keys() - {"matmul"})]

    assert failures(partial(assert_answered, upstream=upstream), operations) == {}


def assert_answered(name: str, upstream: float) -> None:
    twins = Twins(np.random.default_rng(0))
    pair = (UNARY | BINARY)[name]
    operands = [EDGES] if name in UNARY else zip(*product(EDGES, repeat=2), strict=True)
    for numbers in operands:
        twins.add_leaf(np.array(numbers))

    ours, theirs = pair.ours(*twins.ours), pair.torch(*twins.torch)
    ours.backward(upstream)
    theirs.backward(torch.full_like(theirs, upstream))

    assert_close(ours.data, theirs.detach())
    twins.assert_equal()
