"""A tensor that holds numbers as torch's does, and knows no gradients.

What would differentiate, and what comes of it, is a WithheldValue: it holds no number.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from grader.sandbox.child.stand_ins.torch_numbers.array_functions import (
    Extreme,
    array_functions,
    array_of,
    np,
    pair,
)
from grader.sandbox.child.stand_ins.withheld_values import WithheldValue, withheld_value

PACKAGE = "torch.autograd"  # where what is withheld says that it comes from
FORBIDDEN = ("backward", "retain_grad", "register_hook", "grad_fn")
NUMBERS = (bool, int, float)


class NoNumbers(Exception):
    """What a function is given holds no numbers: torch would differentiate what comes of it."""


class Tensor:
    """Numbers, as torch holds them; `grad` holds whatever its owner puts there."""

    __slots__ = ("__weakref__", "_array", "_differentiates", "grad")
    __array_priority__ = 1000  # an array on the left leaves the operation to this
    __hash__ = object.__hash__

    def __init__(self, numbers: Any = ()) -> None:
        """Hold numbers in float32, as `torch.Tensor` does."""
        self._array: Any = np.asarray(plain(numbers), np.float32)
        self.grad: Any = None
        self._differentiates = False

    def __getattr__(self, name: str) -> Any:
        if name in FORBIDDEN:
            return withheld_value(PACKAGE, name)
        if name == "requires_grad":
            return self._differentiates
        base = name[:-1] if name.endswith("_") and name[:-1] in array_functions() else ""
        function = function_of(base or name)
        if function is None or name.startswith("__"):
            raise AttributeError(f"'Tensor' object has no attribute '{name}'")
        if base:
            return lambda *given, **named: self.copy_(function(self, *given, **named))
        return lambda *given, **named: function(self, *given, **named)

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "requires_grad":
            object.__setattr__(self, "_differentiates", bool(value))
        elif name == "data":
            object.__setattr__(self, "_array", np.asarray(plain(value), self._array.dtype))
        else:
            object.__setattr__(self, name, value)

    def requires_grad_(self, wanted: bool = True) -> "Tensor":
        """Have what comes of these numbers withheld from now on."""
        self.requires_grad = wanted
        return self

    def copy_(self, other: Any) -> "Tensor":
        """Put other numbers in the place of these, for all who hold this tensor."""
        self._array[...] = plain(other)
        return self

    def __repr__(self) -> str:
        if self._array.ndim:
            text = np.array2string(self._array, precision=4, separator=", ", prefix="tensor(")
            return f"tensor({text})"
        number = self._array.item()
        if type(number) is not float:
            return f"tensor({number})"
        return f"tensor({int(number)}.)" if number.is_integer() else f"tensor({number:.4f})"

    def __format__(self, spec: str) -> str:
        return format(str(self) if self._array.ndim else self._array.item(), spec)

    def __float__(self) -> float:
        return float(self._array.item())

    def __int__(self) -> int:
        return int(self._array.item())

    def __index__(self) -> int:
        return self._array.__index__()  # type: ignore[no-any-return]

    def __bool__(self) -> bool:
        return bool(self._array)

    def __len__(self) -> int:
        return len(self._array)

    def __iter__(self) -> Iterator["Tensor"]:
        return map(wrapped, self._array)

    def __getitem__(self, place: Any) -> Any:
        return wrapped(self._array[plain(place)])

    def __setitem__(self, place: Any, numbers: Any) -> None:
        self._array[plain(place)] = plain(numbers)

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        return self._array if dtype is None else self._array.astype(dtype)

    def __deepcopy__(self, _: object) -> "Tensor":
        return holding(self._array.copy())


def holding(array: Any) -> Tensor:
    """Return a tensor that holds an array, without a copy of it."""
    tensor = Tensor.__new__(Tensor)
    tensor._array = np.asarray(array)
    tensor.grad, tensor._differentiates = None, False
    return tensor


def wrapped(result: Any) -> Any:
    """Return what a function over arrays has given, in tensors."""
    if isinstance(result, Extreme):
        return Extreme(*map(wrapped, result))
    return holding(result) if isinstance(result, np.ndarray | np.generic) else result


def plain(value: Any) -> Any:
    """Return a value with arrays in the place of its tensors.

    Raises:
        NoNumbers: torch would differentiate what comes of it.
    """
    if isinstance(value, WithheldValue) or (isinstance(value, Tensor) and value._differentiates):
        raise NoNumbers
    if isinstance(value, Tensor):
        return value._array
    if isinstance(value, tuple | list):
        return type(value)(map(plain, value))
    return value


def _is_operand(value: Any) -> bool:
    return isinstance(value, (*NUMBERS, np.ndarray, np.generic))


def over_numbers(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function of torch's, which gives no number where torch would differentiate."""

    def call(*given: Any, **named: Any) -> Any:
        try:
            return function(*given, **named)
        except NoNumbers:
            return withheld_value(PACKAGE, name)

    call.__name__ = call.__qualname__ = name
    return call


def shape_in(given: tuple[Any, ...]) -> Any:
    """Return a shape, given as one argument or as one for each axis."""
    return given[0] if len(given) == 1 and not isinstance(given[0], int) else given


def function_of(name: str) -> Callable[..., Any] | None:
    """Return a function of torch's over tensors, None where it has none of that name here."""
    if name not in array_functions():
        return None
    return _wrapper(name)


def _wrapper(name: str) -> Callable[..., Any]:
    """Return a function over tensors; the one over arrays is looked up when it is called."""

    def call(*given: Any, **named: Any) -> Any:
        named.pop("out", None)
        plainly = {key: plain(value) for key, value in named.items()}
        return wrapped(array_functions()[name](*map(plain, given), **plainly))

    return over_numbers(name, call)


def _cast(kind: Any) -> Callable[..., Tensor]:
    return lambda tensor, *_, **__: holding(tensor._array.astype(kind))


def _to(tensor: Tensor, kind: Any = None, *_: object, **named: Any) -> Tensor:
    kind = named.get("dtype", kind)
    return _cast(kind)(tensor) if isinstance(kind, type | np.dtype) else tensor


def _size(tensor: Tensor, dim: int | None = None) -> Any:
    return tensor._array.shape if dim is None else tensor._array.shape[dim]


ATTRIBUTES: Final[Mapping[str, Callable[[Any], Any]]] = {
    "data": holding,
    "dtype": lambda array: array.dtype,
    "shape": lambda array: array.shape,
    "ndim": lambda array: array.ndim,
    "T": lambda array: holding(array.T),
    "mT": lambda array: holding(np.swapaxes(array, -1, -2)),
    "device": lambda _: "cpu",
    "is_leaf": lambda _: True,
}

METHODS: Final[Mapping[str, Callable[..., Any]]] = {
    "item": lambda tensor: tensor._array.item(),
    "tolist": lambda tensor: tensor._array.tolist(),
    "numpy": lambda tensor, **_: tensor._array,
    "dim": lambda tensor: tensor._array.ndim,
    "numel": lambda tensor: tensor._array.size,
    "nelement": lambda tensor: tensor._array.size,
    "size": _size,
    "detach": lambda tensor: holding(tensor._array),
    "contiguous": lambda tensor: tensor,
    "cpu": lambda tensor: tensor,
    "zero_": lambda tensor: tensor.copy_(0),
    "fill_": lambda tensor, number: tensor.copy_(number),
    "float": _cast("float32"),
    "double": _cast("float64"),
    "half": _cast("float16"),
    "long": _cast("int64"),
    "int": _cast("int32"),
    "bool": _cast("bool"),
    "to": _to,
    "type": _to,
    "new_zeros": lambda tensor, *shape: holding(np.zeros(shape_in(shape), tensor._array.dtype)),
    "new_tensor": lambda tensor, numbers: holding(array_of(plain(numbers), tensor._array.dtype)),
}

OPERATORS: Final[Mapping[str, str]] = {
    **{"add": "add", "sub": "sub", "mul": "mul", "truediv": "div", "pow": "pow"},
    **{"matmul": "matmul", "floordiv": "floor_divide", "mod": "remainder"},
}
HARMLESS = ("item", "tolist", "numpy", "detach", "dim", "numel", "size", "zero_", "fill_", "copy_")
"""What torch, too, gives plain numbers of where it differentiates the rest."""

COMPARISONS = ("eq", "ne", "lt", "le", "gt", "ge")
OF_ONE: Final[Mapping[str, str]] = {"neg": "neg", "pos": "positive", "abs": "abs"}


def _operator(name: str, turned: bool) -> Callable[[Tensor, Any], Any]:
    def operate(self: Tensor, other: Any) -> Any:
        value, own = plain(other), plain(self)
        if not _is_operand(value):
            return NotImplemented
        pair_of = (value, own) if turned else (own, value)
        return wrapped(array_functions()[name](*pair_of))

    return over_numbers(name, operate)


def _in_place(name: str) -> Callable[[Tensor, Any], Any]:
    def operate(self: Tensor, other: Any) -> Any:
        value = plain(other)
        if not _is_operand(value):
            return NotImplemented
        self._array[...] = array_functions()[name](*pair(self._array, value))
        return self

    return over_numbers(name, operate)


def _method(name: str) -> Callable[..., Any]:
    """Return a method as torch has it, of which nothing comes where torch would differentiate."""
    function = METHODS[name]

    def call(self: Tensor, *given: Any, **named: Any) -> Any:
        if self._differentiates and name not in HARMLESS:
            raise NoNumbers
        return function(self, *map(plain, given), **named)

    return over_numbers(name, call)


def _attribute(name: str) -> property:
    read = ATTRIBUTES[name]
    return property(lambda self: read(self._array))


def _complete() -> None:
    """Give the class what its tables name: readers of numbers ask it for these by name."""
    for operator, name in OPERATORS.items():
        setattr(Tensor, f"__{operator}__", _operator(name, turned=False))
        setattr(Tensor, f"__r{operator}__", _operator(name, turned=True))
        setattr(Tensor, f"__i{operator}__", _in_place(name))
    for name in COMPARISONS:
        setattr(Tensor, f"__{name}__", _operator(name, turned=False))
    for operator, name in OF_ONE.items():
        setattr(Tensor, f"__{operator}__", _wrapper(name))
    for name in METHODS:
        setattr(Tensor, name, _method(name))
    for name in ATTRIBUTES:
        setattr(Tensor, name, _attribute(name))


_complete()
