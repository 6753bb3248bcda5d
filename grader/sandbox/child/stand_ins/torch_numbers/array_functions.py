"""What torch computes with numbers, by torch's names and with its arguments, over numpy's arrays.

A Python number takes the type of the array beside it, integers beside floats become floats, and
functions of the reals make float32 of integers: torch's rules, where numpy has others.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

ArrayFunction = Callable[..., Any]
FLOAT = "float32"  # what torch makes of Python's floats, and of integers that must be real


class LazyNumpy:
    """numpy, imported where it is first used: hardly anybody who loads this needs it."""

    def __getattr__(self, name: str) -> Any:
        import numpy

        return getattr(numpy, name)


np: Any = LazyNumpy()


class Extreme(NamedTuple):
    """The largest or smallest numbers along an axis, and where they stand."""

    values: Any
    indices: Any


def array_of(numbers: Any, dtype: Any = None) -> Any:
    """Return an array as torch would hold it: float32 of Python's floats, int64 of its ints."""
    array = np.asarray(numbers, dtype)
    known = isinstance(numbers, np.ndarray | np.generic)
    return array.astype(FLOAT) if dtype is None and not known and _is_real(array) else array


def pair(first: Any, second: Any) -> tuple[Any, Any]:
    """Return two operands as arrays of one type."""
    one, other = (array_of(value) for value in (first, second))
    if _takes_the_type_of(second, other, one):
        return one, np.asarray(second, one.dtype)
    if _takes_the_type_of(first, one, other):
        return np.asarray(first, other.dtype), other
    if _is_real(one) != _is_real(other):
        kind = one.dtype if _is_real(one) else other.dtype
        return one.astype(kind), other.astype(kind)
    return _without_axes_last(one, other)


def _takes_the_type_of(number: Any, held: Any, other: Any) -> bool:
    """Return whether an operand takes the other's type: a Python number does, if no finer."""
    plain = isinstance(number, int | float) and not isinstance(number, bool)
    return plain and (_is_real(other) or not _is_real(held))


def _without_axes_last(one: Any, other: Any) -> tuple[Any, Any]:
    """Return two arrays; one number alone takes the type of the array beside it."""
    if one.ndim and not other.ndim:
        return one, other.astype(one.dtype)
    return (one.astype(other.dtype), other) if other.ndim and not one.ndim else (one, other)


def _is_real(array: Any) -> bool:
    return bool(array.dtype.kind == "f")


def _real(function: ArrayFunction) -> ArrayFunction:
    """Return a function of one array that computes with floats."""

    def call(array: Any) -> Any:
        held = array_of(array)
        return function(held if _is_real(held) else held.astype(FLOAT))

    return call


def _of_one(function: ArrayFunction) -> ArrayFunction:
    return lambda array, **_: function(array_of(array))


def _of_two(function: ArrayFunction) -> ArrayFunction:
    return lambda first, second, **_: function(*pair(first, second))


def _quotient(first: Any, second: Any) -> Any:
    one, other = pair(first, second)
    return np.true_divide(one, other) if _is_real(one) else one.astype(FLOAT) / other.astype(FLOAT)


def _along(function: ArrayFunction) -> ArrayFunction:
    """Return a function along an axis under torch's names for it."""

    def call(array: Any, dim: Any = None, keepdim: bool = False, **named: Any) -> Any:
        axis = tuple(dim) if isinstance(dim, list) else dim
        axis = named.pop("axis", axis)
        options = {"keepdims": True} if named.pop("keepdims", keepdim) else {}
        named.pop("dtype", None)
        return function(array_of(array), axis=axis, **options, **named)

    return call


def _extreme(function: ArrayFunction, place: ArrayFunction, of_two: ArrayFunction) -> ArrayFunction:
    """Return max or min: of all numbers, of two arrays, or along an axis with the places."""

    def call(array: Any, dim: Any = None, keepdim: bool = False, **named: Any) -> Any:
        dim = named.get("axis", dim)
        if dim is None:
            return function(array_of(array))
        if not isinstance(dim, int):
            return of_two(*pair(array, dim))
        return Extreme(*(one(array, axis=dim, keepdims=keepdim) for one in (function, place)))

    return call


def _deviation(ddof_function: ArrayFunction) -> ArrayFunction:
    def call(array: Any, axis: Any = None, unbiased: bool = True, **named: Any) -> Any:
        ddof = named.pop("correction", int(unbiased))
        return ddof_function(array, axis=axis, ddof=ddof, **named)

    return call


def _relu(array: Any) -> Any:
    return np.maximum(array, array.dtype.type(0))


def _sigmoid(array: Any) -> Any:
    one = array.dtype.type(1)
    return one / (one + np.exp(-array))


def _softmax(array: Any, axis: Any = None) -> Any:
    return np.exp(_log_softmax(array, axis))


def _log_softmax(array: Any, axis: Any = None) -> Any:
    lowered = array - array.max(axis=axis, keepdims=True)
    return lowered - np.log(np.exp(lowered).sum(axis=axis, keepdims=True))


def _logsumexp(array: Any, axis: Any = None, keepdims: bool = False) -> Any:
    top = array.max(axis=axis, keepdims=True)
    whole = top + np.log(np.exp(array - top).sum(axis=axis, keepdims=True))
    return whole if keepdims else np.squeeze(whole, axis=axis)


def _norm(array: Any, axis: Any = None, keepdims: bool = False, p: Any = None) -> Any:
    return np.linalg.norm(array if axis is not None else array.ravel(), p, axis, keepdims)


def _clamp(array: Any, min: Any = None, max: Any = None) -> Any:  # noqa: A002  (torch's names)
    held = array_of(array)
    return np.clip(held, *(one if one is None else held.dtype.type(one) for one in (min, max)))


def _where(condition: Any, first: Any, second: Any) -> Any:
    return np.where(condition, *pair(first, second))


def _reshape(array: Any, *shape: Any) -> Any:
    return np.reshape(array, shape[0] if len(shape) == 1 else shape)


def _permute(array: Any, *axes: Any) -> Any:
    return np.transpose(array, axes[0] if len(axes) == 1 else axes)


def _expand(array: Any, *shape: Any) -> Any:
    wanted = tuple(shape[0]) if len(shape) == 1 and not isinstance(shape[0], int) else shape
    held = (1,) * (len(wanted) - array.ndim) + array.shape
    whole = tuple(old if new == -1 else new for new, old in zip(wanted, held, strict=True))
    return np.broadcast_to(array, whole)


def _flatten(array: Any, start_dim: int = 0, end_dim: int = -1) -> Any:
    shape = array.shape or (1,)
    end = end_dim % len(shape) + 1
    return np.reshape(array, (*shape[:start_dim], -1, *shape[end:]))


def _repeat(array: Any, *times: Any) -> Any:
    return np.tile(array, times[0] if len(times) == 1 else times)


def _one_hot(array: Any, num_classes: int = -1) -> Any:
    count = num_classes if num_classes > 0 else int(array.max()) + 1
    return np.eye(count, dtype=np.int64)[array]


def _close(first: Any, second: Any, rtol: float = 1e-5, atol: float = 1e-8) -> bool:
    return bool(np.allclose(first, second, rtol, atol))


REAL = "exp exp2 expm1 log log2 log10 log1p sqrt reciprocal sin cos tan tanh sinh cosh"
OF_ONE = "abs sign floor ceil trunc round square negative positive isnan isinf isfinite logical_not"
OF_TWO = "add multiply subtract maximum minimum matmul dot outer floor_divide fmod"
ALONG = "sum prod mean all any amax amin argmax argmin cumsum"


@cache
def array_functions() -> Mapping[str, ArrayFunction]:
    """Return the function over arrays for each name of torch's."""
    return {**_of_numbers(), **_of_shapes()}


def _of_numbers() -> Mapping[str, ArrayFunction]:
    return {
        **{name: _real(getattr(np, name)) for name in REAL.split()},
        **{"asin": _real(np.arcsin), "acos": _real(np.arccos), "atan": _real(np.arctan)},
        **{
            "sigmoid": _real(_sigmoid),
            "rsqrt": _real(lambda array: array ** array.dtype.type(-0.5)),
        },
        "softplus": _real(lambda array: np.logaddexp(array, array.dtype.type(0))),
        **{name: _of_one(getattr(np, name)) for name in OF_ONE.split()},
        **{"neg": _of_one(np.negative), "absolute": _of_one(np.abs), "relu": _of_one(_relu)},
        **{name: _of_two(getattr(np, name)) for name in OF_TWO.split()},
        **{name: _of_two(function) for name, function in _named_otherwise().items()},
        **dict.fromkeys(("div", "divide", "true_divide"), _quotient),
        **{name: _along(getattr(np, name)) for name in ALONG.split()},
        **{"std": _along(_deviation(np.std)), "var": _along(_deviation(np.var))},
        **{"logsumexp": _along(_logsumexp), "norm": _along(_norm)},
        **{"softmax": _along(_softmax), "log_softmax": _along(_log_softmax)},
        "max": _extreme(np.max, np.argmax, np.maximum),
        "min": _extreme(np.min, np.argmin, np.minimum),
        **{"clamp": _clamp, "clip": _clamp, "where": _where, "one_hot": _one_hot},
        **{"allclose": _close, "equal": np.array_equal},
    }


def _named_otherwise() -> Mapping[str, Any]:
    return {
        **{"sub": np.subtract, "mul": np.multiply, "pow": np.power, "remainder": np.mod},
        **{"mm": np.matmul, "mv": np.matmul, "bmm": np.matmul, "atan2": np.arctan2},
        **{"eq": np.equal, "ne": np.not_equal, "lt": np.less, "le": np.less_equal},
        **{"gt": np.greater, "ge": np.greater_equal},
        **{"logical_and": np.logical_and, "logical_or": np.logical_or},
    }


def _of_shapes() -> Mapping[str, ArrayFunction]:
    return {
        **{"reshape": _reshape, "view": _reshape, "permute": _permute, "expand": _expand},
        **{"flatten": _flatten, "ravel": np.ravel, "repeat": _repeat, "broadcast_to": _expand},
        **{"t": np.transpose, "transpose": np.swapaxes, "unsqueeze": np.expand_dims},
        "squeeze": lambda array, dim=None: np.squeeze(array, dim),
        "expand_as": lambda array, other: np.broadcast_to(array, other.shape),
        "view_as": lambda array, other: np.reshape(array, other.shape),
        **{"diag": np.diag, "tril": np.tril, "triu": np.triu, "clone": np.copy},
    }
