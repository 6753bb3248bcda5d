"""Something of a package that is withheld: it can be reckoned with, and holds no number."""

import sys
from types import ModuleType
from typing import Any

from grader.sandbox.child.stand_ins.plotting_stubs import Stub

PLACE = "<withheld>"
MOST_ANSWERS = 100_000  # to comparisons: a loop that waits for a number comes to its end


class StillWaiting(RuntimeError):
    """A stand-in has been compared so often that a loop must be waiting for a number."""

    def __init__(self) -> None:
        super().__init__("this package is not there while the engine is asked")


class WithheldValue(Stub):
    """Something of a withheld package; its class says that it comes from there.

    Attributes:
        answers: how many comparisons have been answered.
        made: how many there are by now.
        latest: the package of which there was one last.
    """

    answers = made = 0
    latest = ""

    def __bool__(self) -> bool:
        return _answer()

    def __eq__(self, _: object) -> bool:
        return _answer()

    def __ne__(self, _: object) -> bool:
        return not _answer()

    def __gt__(self, _: object) -> bool:
        return not _answer()

    def __lt__(self, _: object) -> bool:
        return _answer()

    def __hash__(self) -> int:
        return 0

    def __instancecheck__(self, _: object) -> bool:
        return False

    def __mro_entries__(self, _: object) -> tuple[type, ...]:
        return (type(self),)

    def __array__(self, *_: object, **__: object) -> Any:
        return sys.modules["numpy"].zeros(())

    def __iadd__(self, _: object) -> "WithheldValue":
        return self

    __le__, __ge__ = __lt__, __gt__
    __subclasscheck__ = __instancecheck__
    __isub__ = __imul__ = __itruediv__ = __iadd__
    __rpow__ = __rfloordiv__ = __rmod__ = __rmatmul__ = Stub.__add__
    __array_ufunc__ = None  # arrays leave it to this side


class WithheldModule(ModuleType):
    """A module of a withheld package, which has whatever is asked of it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__dict__.update(__file__=PLACE, __version__="0")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return withheld_value(self.__name__.partition(".")[0], name)


def withheld_value(package: str, name: str) -> WithheldValue:
    """Return something that holds no number, and whose class says that it comes from a package."""
    WithheldValue.made += 1
    WithheldValue.latest = package.partition(".")[0]
    made: WithheldValue = type(name, (WithheldValue,), {"__module__": package})()
    return made


def _answer() -> bool:
    WithheldValue.answers += 1
    if WithheldValue.answers > MOST_ANSWERS:
        raise StillWaiting
    return True
