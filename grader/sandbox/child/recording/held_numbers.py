"""Numbers that are read of a recorded node, where an engine may hold them in arrays or tensors.

They are floats that have what an array or a tensor of one has, too: a loop that says
`w.grad.zero_()` or `w.data.item()` does not know that its node's numbers are kept elsewhere.
"""

import sys
from collections.abc import Callable, Mapping
from typing import Any

HOLDERS = ("numpy", "torch")
NO_PLACES = ((), ..., slice(None))

_float, _type = float, type


class HeldNumber(float):
    """A number of a node; what changes it in place changes the node's."""

    __slots__ = ("_write",)
    _write: Callable[[float], None]
    shape: tuple[int, ...] = ()
    ndim, requires_grad = 0, False

    def item(self) -> float:
        """Return the plain number."""
        return _float(self)

    tolist = item

    def itself(self, *_: object, **__: object) -> "HeldNumber":
        """Return it as it is: a view, or the same in another type."""
        return self

    detach = cpu = numpy = to = astype = double = float = contiguous = squeeze = itself

    def copy(self, *_: object, **__: object) -> "HeldNumber":
        """Return a number of its own: no node's."""
        return held(self, lambda _: None)

    clone = copy

    def fill_(self, number: Any) -> "HeldNumber":
        """Put another number in its place."""
        self._write(_float(number))
        return held(number, self._write)

    copy_ = fill = fill_

    def zero_(self) -> "HeldNumber":
        """Put 0 in its place."""
        return self.fill_(0.0)

    def add_(self, number: Any, alpha: Any = 1) -> "HeldNumber":
        """Add to it in its place."""
        return self.fill_(self + alpha * number)

    def sub_(self, number: Any, alpha: Any = 1) -> "HeldNumber":
        """Subtract from it in its place."""
        return self.fill_(self - alpha * number)

    def mul_(self, number: Any) -> "HeldNumber":
        """Multiply it in its place."""
        return self.fill_(self * number)

    def __getitem__(self, _: object) -> "HeldNumber":
        return self

    def __setitem__(self, place: object, number: Any) -> None:
        if place not in NO_PLACES:
            raise IndexError("too many indices: it is one number")
        self.fill_(number)

    @classmethod
    def __torch_function__(
        cls, function: Any, _: object, given: Any = (), named: Mapping[str, Any] | None = None
    ) -> Any:
        """Have torch's functions take it for a tensor of one."""
        return function(*map(_tensor, given), **(named or {}))


def held(number: Any, write: Callable[[float], None]) -> HeldNumber:
    """Return a number of a node.

    Args:
        number: as it is now.
        write: gives the node another one.
    """
    made = HeldNumber(number)
    made._write = write
    return made


def may_be_held() -> bool:
    """Return whether the submission has loaded what holds numbers."""
    return any(name in sys.modules for name in HOLDERS)


def _tensor(value: Any) -> Any:
    return sys.modules["torch"].tensor(_float(value)) if _type(value) is HeldNumber else value
