"""The module that `import torch` gives: it makes tensors of numbers, and computes with them."""

from collections.abc import Callable, Iterator
from functools import cache
from types import ModuleType
from typing import Any

from grader.sandbox.child.stand_ins.torch_numbers.array_functions import (
    array_functions,
    array_of,
    np,
)
from grader.sandbox.child.stand_ins.torch_numbers.tensor import (
    Tensor,
    function_of,
    holding,
    over_numbers,
    plain,
    shape_in,
    wrapped,
)
from grader.sandbox.child.stand_ins.withheld_values import WithheldModule

FUNCTIONALS = ("relu", "sigmoid", "tanh", "softmax", "log_softmax", "softplus", "one_hot")
WITHOUT_GRADIENTS = ("no_grad", "inference_mode", "set_grad_enabled")
NAME = "torch"


class NoGradients:
    """What `no_grad()` gives: there are none in any case. It also decorates."""

    def __init__(self, *_: object) -> None:
        """Take what `set_grad_enabled` takes."""

    def __enter__(self) -> "NoGradients":
        return self

    def __exit__(self, *_: object) -> None:
        """Do nothing."""

    def __call__(self, function: Any = None) -> Any:
        """Return the function as it is, as a decorator."""
        return self if function is None else function


class TorchNumbers(WithheldModule):
    """The module, or one in it; what it has not is withheld, as where nothing stands in for it.

    Attributes:
        holds_numbers: whether a module holds numbers alone, for who looks for packages that do not.
    """

    holds_numbers = True


def _constants() -> dict[str, Any]:
    types = {
        **{"float16": np.float16, "half": np.float16, "float32": np.float32, "float": np.float32},
        **{"float64": np.float64, "double": np.float64, "int64": np.int64, "long": np.int64},
        **{"int32": np.int32, "int": np.int32, "int16": np.int16, "int8": np.int8},
        **{"uint8": np.uint8, "bool": np.bool_},
    }
    return {**types, "pi": np.pi, "e": np.e, "inf": np.inf, "nan": np.nan}


@cache
def torch_modules() -> dict[str, TorchNumbers]:
    """Return the modules by their names, "torch" first, each with those that lie in it."""
    torch, nn, functional = map(TorchNumbers, (NAME, f"{NAME}.nn", f"{NAME}.nn.functional"))
    vars(torch).update(_functions())
    vars(torch).update({"Tensor": Tensor, "FloatTensor": Tensor, **_constants()})
    vars(torch).update(dict.fromkeys(WITHOUT_GRADIENTS, NoGradients))
    vars(functional).update({name: function_of(name) for name in FUNCTIONALS})
    vars(nn)["functional"] = functional
    vars(torch)["nn"] = nn
    return {one.__name__: one for one in (torch, nn, functional)}


def torch_module(name: str) -> ModuleType:
    """Return the module of this name: "torch", or one that lies in it.

    Raises:
        ImportError: there is no numpy to hold its numbers.
    """
    return torch_modules()[name]


def _functions() -> Iterator[tuple[str, Any]]:
    yield from ((name, function_of(name)) for name in array_functions())
    yield from ((name, _making(name, make)) for name, make in _makers())
    yield from (("is_tensor", lambda value: isinstance(value, Tensor)), ("is_grad_enabled", _never))
    yield from (("numel", lambda tensor: tensor.numel()), ("manual_seed", _Chance.seed))
    yield "set_printoptions", lambda *_, **__: None


def _never() -> bool:
    return False


def _making(name: str, make: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that makes a tensor; what is to be differentiated is marked."""

    def call(*given: Any, requires_grad: bool = False, **named: Any) -> Any:
        made = make(*given, **named)
        return made.requires_grad_() if requires_grad else made

    return over_numbers(name, call)


def _makers() -> Iterator[tuple[str, Callable[..., Any]]]:
    yield from (("tensor", _tensor), ("as_tensor", _same_tensor), ("from_numpy", holding))
    for name in ("zeros", "ones", "empty"):
        yield name, _filled(getattr(np, name))
        yield f"{name}_like", _alike(getattr(np, f"{name}_like"))
    yield from (("full", _full), ("full_like", _alike(np.full_like)), ("eye", _eye))
    yield from (("arange", _range), ("linspace", _line), ("stack", _stack), ("cat", _joined))
    yield "concat", _joined
    yield from (("randn", _Chance.normal), ("rand", _Chance.uniform), ("randint", _Chance.whole))
    yield "randperm", _Chance.order


def _tensor(numbers: Any, dtype: Any = None, **_: object) -> Tensor:
    return holding(np.array(array_of(plain(numbers), dtype)))


def _same_tensor(numbers: Any, dtype: Any = None, **_: object) -> Tensor:
    """Return a tensor of the numbers themselves, where they are held as wanted already."""
    held = plain(numbers)
    if isinstance(held, np.ndarray) and dtype in (None, held.dtype):
        return numbers if isinstance(numbers, Tensor) else holding(held)
    return _tensor(numbers, dtype=dtype)


def _filled(make: Callable[..., Any]) -> Callable[..., Tensor]:
    def call(*shape: Any, dtype: Any = None, **_: object) -> Tensor:
        return holding(make(shape_in(shape), dtype or np.float32))

    return call


def _alike(make: Callable[..., Any]) -> Callable[..., Tensor]:
    def call(tensor: Any, *given: Any, dtype: Any = None, **_: object) -> Tensor:
        return holding(make(plain(tensor), *given, dtype=dtype))

    return call


def _full(shape: Any, number: Any, dtype: Any = None, **_: object) -> Tensor:
    kind = dtype or array_of(number).dtype
    return holding(np.full(shape, number, kind))


def _eye(rows: int, columns: int | None = None, dtype: Any = None, **_: object) -> Tensor:
    return holding(np.eye(rows, columns, dtype=dtype or np.float32))


def _range(*ends: Any, dtype: Any = None, **_: object) -> Tensor:
    return holding(array_of(np.arange(*ends).tolist(), dtype))


def _line(start: float, end: float, steps: int = 100, dtype: Any = None, **_: object) -> Tensor:
    return holding(np.linspace(start, end, steps, dtype=dtype or np.float32))


def _stack(tensors: Any, dim: int = 0) -> Any:
    return wrapped(np.stack([plain(one) for one in tensors], dim))


def _joined(tensors: Any, dim: int = 0) -> Any:
    return wrapped(np.concatenate([plain(one) for one in tensors], dim))


class _Chance:
    """Random numbers from a seed: others than torch's, which nothing here can know."""

    _numbers: Any = None

    @classmethod
    def seed(cls, seed: int) -> None:
        cls._numbers = np.random.default_rng(abs(seed))

    @classmethod
    def numbers(cls) -> Any:
        if cls._numbers is None:
            cls.seed(0)
        return cls._numbers

    @classmethod
    def normal(cls, *shape: Any, dtype: Any = None, **_: object) -> Tensor:
        kind = dtype or np.float32
        return holding(np.asarray(cls.numbers().standard_normal(shape_in(shape))).astype(kind))

    @classmethod
    def uniform(cls, *shape: Any, dtype: Any = None, **_: object) -> Tensor:
        kind = dtype or np.float32
        return holding(np.asarray(cls.numbers().random(shape_in(shape))).astype(kind))

    @classmethod
    def whole(cls, *given: Any, **_: object) -> Tensor:
        *ends, shape = given
        low, high = ends if len(ends) == 2 else (0, ends[0])
        return holding(cls.numbers().integers(low, high, shape).astype(np.int64))

    @classmethod
    def order(cls, count: int, **_: object) -> Tensor:
        return holding(cls.numbers().permutation(count).astype(np.int64))
