"""What stands in for torch computes as torch does, and differentiates nothing."""

import math
from types import ModuleType
from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="what torch itself says is compared")

from grader.sandbox.child.stand_ins.torch_numbers import module  # noqa: E402
from grader.sandbox.child.stand_ins.withheld_values import WithheldValue  # noqa: E402

START = """
x = torch.tensor(2.5); y = torch.tensor(-0.7); n = torch.tensor(3)
b = torch.tensor([True, False])
v = torch.tensor([1.0, -2.0, 0.5]); i = torch.tensor([1, 2, 3])
d = torch.tensor(1.5, dtype=torch.float64)
m = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.5]]); z = torch.zeros(2, 3)
"""

EXPRESSIONS = """
x.to(d.dtype) | x.to(dtype=d.dtype) | x.to("cpu")
0.1 * d | d - 0.3 | 1e-9 + d | d / 0.7 | 0.1 ** d | torch.maximum(d, d) - 0.1 | d * x | n * d
x + y | x - 1 | 1 - x | x * 2.0 | 2 * x | x / 3 | 3 / x | x ** 2 | x ** -1 | 2 ** x | -x | abs(y)
+x | x ** 0.5 | y ** 3 | n ** 2 | n / 2 | n * 2.5 | n + 1 | n // 2 | n % 2 | x * n | n * x | d * x
x + d | v * d | v * n | v * i | i * x | v * 2 | i + 0.5 | v + m | m * v | m @ v | m @ m.T | v @ v
v.dot(v) | torch.outer(v, v) | x > y | x == 2.5 | x <= 2 | v > 0 | (v > 0) * v | (x > 0) * 1.0
(v > 0).float() | torch.where(v > 0, v, 0.1 * v) | x.item() | float(x) | int(n) | x.tolist()
m.tolist() | bool(x > 0) | len(v) | m.shape | m.size(0) | v.numel() | torch.exp(x) | x.exp()
x.tanh() | torch.tanh(v) | torch.sigmoid(y) | x.log() | torch.relu(v) | v.relu() | x.sqrt()
torch.exp(n) | torch.sqrt(i) | torch.sin(x) | torch.atan(x) | torch.log1p(x) | v.abs()
torch.square(v) | v.sign() | torch.maximum(v, torch.tensor(0.0)) | torch.clamp(v, min=0)
v.clamp(-1, 1) | torch.max(v) | v.max() | v.argmax() | m.max(1)[0] | m.max(dim=1)[1]
m.max(dim=1).values | m.sum() | m.sum(0) | m.sum(dim=1, keepdim=True) | m.mean() | m.mean(dim=0)
m.std() | m.var(dim=1) | i.sum() | b.all() | b.any() | b.sum() | v.norm() | v.prod() | v.cumsum(0)
torch.softmax(v, dim=0) | torch.log_softmax(m, 1) | torch.logsumexp(m, dim=1) | m.T | m.t()
m.reshape(3, 2) | m.view(-1) | m.view(3, -1) | m.flatten() | v.unsqueeze(0)
v.unsqueeze(1).squeeze() | m.transpose(0, 1) | m.permute(1, 0) | v.expand(2, 3) | v.expand_as(m)
v.repeat(2) | m[0] | m[:, 1] | m[1, 2] | v[i - 1] | v[v > 0] | torch.zeros(3) | torch.ones((2, 2))
torch.zeros_like(m) | torch.ones_like(v) | torch.full((2,), 7.0) | torch.eye(2)
torch.full_like(v, 2.0) | torch.arange(4) | torch.arange(0, 1, 0.25) | torch.linspace(0, 1, 5)
torch.stack([x, y]) | torch.cat([v, v]) | torch.tensor([x.item(), 1]) | torch.tensor(True)
torch.tensor(3) + 0 | torch.Tensor([1, 2]) | x.detach() | x.clone() | x.double() | n.float()
x.long() | x.to(torch.float64) | x.dtype == torch.float32 | x.dim() | v.numpy() * 2
torch.tensor(v.numpy()) | torch.from_numpy(v.numpy()) | torch.allclose(v, v) | torch.equal(v, v)
str(x) | f"{x:.3f}" | f"{x}" | str(n) | torch.isnan(v) | torch.is_tensor(v) | torch.is_tensor(1.0)
x.requires_grad | torch.pow(x, 2) | torch.mul(v, v) | torch.add(x, 1) | torch.div(x, 2)
torch.neg(x) | torch.sub(x, y) | x.add(1) | x.mul(y) | torch.max(v, torch.tensor(0.0))
x.reciprocal() | torch.rsqrt(x) | torch.mean(m, dim=1) | torch.sum(m, 0) | torch.argmax(m, dim=1)
x if x > 0 else y | math.exp(x) | math.tanh(x) | round(x.item(), 2) | sum([x, y]) | max(x, y)
sorted([x, y])[0] | x in [x] | torch.nn.functional.relu(v) | F.softmax(v, dim=0)
torch.nn.functional.one_hot(i) | [float(one) for one in v] | x.data + 1 | x.grad is None
isinstance(x, torch.Tensor) | torch.matmul(m, v) | torch.mm(m, m.t()) | v.min() | m.amax(1)
"""

STATEMENTS = {
    "a sum in place is seen by all who hold it": "a = x; a += 1; seen = x",
    "a sum of one's own is not": "a = x; a = a + 1; seen = x",
    "in place by name": "x.add_(1); x.mul_(2); seen = x",
    "zeroed": "v.zero_(); seen = v",
    "filled": "v.fill_(2.0); seen = v",
    "an element": "m[0, 1] = 9; seen = m",
    "several": "m[:, 0] = torch.tensor([7.0, 8.0]); seen = m",
    "its data": "x.data = torch.tensor(4.0); seen = x",
    "its data in place": "x.data -= 0.1; seen = x",
    "its own gradient, as a number": "x.grad = torch.tensor(0.5); x.grad += 1; seen = x.grad",
    "without gradients": "with torch.no_grad():\n    seen = x * 2",
    "decorated": "@torch.no_grad()\ndef f(a):\n    return a * 2\nseen = f(x)",
    "integers stay integers": "n += 1; seen = n",
    "the same numbers": "a = torch.as_tensor(v); a += 1; seen = v",
    "the same numbers in another type": (
        "a = torch.as_tensor(v, dtype=torch.float64); a += 1; seen = v"
    ),
    "a copy of them": "a = torch.tensor(v.numpy()); a += 1; seen = v",
    "numbers copied into others": "a = torch.zeros(2); a.copy_(v[:2]); seen = a",
    "an object on the right": (
        "class V:\n    def __rmul__(self, other):\n        return 'theirs'\nseen = x * V()"
    ),
}

DIFFERENTIATE = {
    "what comes of a leaf": "torch.tensor(1.0, requires_grad=True) * 2",
    "what comes of it on the right": "2 - torch.tensor(1.0, requires_grad=True)",
    "what comes of it in a list": "torch.stack([torch.tensor(1.0, requires_grad=True)])",
    "what comes of one by a method": "torch.tensor(1.0).requires_grad_().exp()",
    "what comes of one by a function": "torch.exp(torch.zeros(2, requires_grad=True))",
    "a copy of one": "torch.tensor(1.0, requires_grad=True).clone()",
    "a sum of both": "torch.tensor(1.0) + torch.randn((), requires_grad=True)",
    "a power": "torch.tensor(2.0, requires_grad=True) ** 2",
    "minus one": "-torch.tensor(2.0, requires_grad=True)",
    "a tensor of one": "torch.tensor(torch.ones(1, requires_grad=True) * 3)",
    "backward": "torch.tensor(1.0).backward()",
    "grad": "torch.autograd.grad",
    "func": "torch.func.grad",
    "a function of one's own": "torch.autograd.Function",
    "a layer": "torch.nn.Linear(2, 2)",
    "a parameter": "torch.nn.Parameter(torch.tensor(1.0))",
    "an optimizer": "torch.optim.SGD([], lr=0.1)",
    "enable_grad": "torch.enable_grad()",
    "dual numbers": "torch.autograd.forward_ad",
}


@pytest.fixture(scope="module")
def stand_in() -> ModuleType:
    return module.torch_modules()["torch"]


def _names(module: Any) -> dict[str, Any]:
    names = {"torch": module, "math": math, "F": module.nn.functional}
    exec(START, names)
    return names


def _plain(value: Any) -> tuple[Any, str]:
    """Return a value as plain numbers, and what holds them."""
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value], "several"
    if not hasattr(value, "tolist"):
        return value, "plain"
    kind = value.dtype.__name__ if isinstance(value.dtype, type) else str(value.dtype)
    return value.tolist(), kind.removeprefix("torch.").removesuffix("_")


def _same(one: Any, other: Any, tolerance: float = 2e-6) -> bool:
    if isinstance(one, list | tuple):
        finer = 1e-14 if one[-1:] == ("float64",) else tolerance
        alike = isinstance(other, list | tuple) and len(one) == len(other)
        return alike and all(_same(*both, finer) for both in zip(one, other, strict=True))
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=tolerance, abs_tol=tolerance / 10)
    return type(one) is type(other) and bool(one == other)


def _value(text: str, module: Any) -> Any:
    try:
        return _plain(eval(text, _names(module)))
    except Exception as error:
        return repr(error)


def test_expressions_give_what_torch_gives(stand_in: ModuleType) -> None:
    texts = [one.strip() for line in EXPRESSIONS.split("\n") for one in line.split(" | ")]
    values = {text: (_value(text, torch), _value(text, stand_in)) for text in texts if text}
    assert {text: both for text, both in values.items() if not _same(*both)} == {}
    assert not [text for text, (expected, _) in values.items() if isinstance(expected, str)]


def test_statements_leave_what_torch_leaves(stand_in: ModuleType) -> None:
    for claim, text in STATEMENTS.items():
        theirs, ours = _names(torch), _names(stand_in)
        exec(text, theirs)
        exec(text, ours)
        assert _same(_plain(theirs["seen"]), _plain(ours["seen"])), claim


@pytest.mark.parametrize("text", DIFFERENTIATE.values(), ids=DIFFERENTIATE.keys())
def test_what_differentiates_holds_no_number_and_is_counted(
    stand_in: ModuleType, text: str
) -> None:
    before = WithheldValue.made

    value = eval(text, {"torch": stand_in})

    assert isinstance(value, WithheldValue)
    assert (WithheldValue.latest, WithheldValue.made > before) == ("torch", True)


def test_a_leaf_s_own_number_is_no_gradient(stand_in: ModuleType) -> None:
    leaf = stand_in.tensor(2.5, requires_grad=True)

    assert (leaf.requires_grad, leaf.item(), leaf.grad) == (True, 2.5, None)
    assert (leaf.detach() * 2).item() == 5.0


def test_the_same_seed_gives_the_same_numbers(stand_in: ModuleType) -> None:
    stand_in.manual_seed(3)
    first = stand_in.randn(2, 3).tolist()
    stand_in.manual_seed(3)
    assert stand_in.randn(2, 3).tolist() == first
    assert stand_in.rand(4).shape == (4,)
    assert stand_in.randint(0, 5, (3,)).dtype == stand_in.int64
    assert sorted(stand_in.randperm(3).tolist()) == [0, 1, 2]
