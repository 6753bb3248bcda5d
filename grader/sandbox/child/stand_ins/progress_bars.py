"""Progress bars that are not installed hand through what they are given, and show nothing."""

import sys
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any

from grader.sandbox.child.stand_ins.plotting_stubs import Stub, StubFinder

PACKAGES = ("tqdm", "fastprogress", "alive_progress", "progressbar")


class Bar(Stub):
    """A progress bar around an iterable, or around nothing; it counts."""

    def __init__(
        self, iterable: Iterable[Any] | int | None = None, *_: object, **named: Any
    ) -> None:
        self.iterable = range(iterable) if type(iterable) is int else iterable
        self.total = named.get("total")
        self.n = 0

    def __iter__(self) -> Iterator[Any]:
        for item in self.iterable or ():  # type: ignore[union-attr]
            yield item
            self.n += 1

    def __len__(self) -> int:
        return self.total if self.iterable is None else len(self.iterable)  # type: ignore[arg-type, return-value]

    def __bool__(self) -> bool:
        return True

    def update(self, steps: int = 1) -> None:
        """Count some steps."""
        self.n += steps

    @staticmethod
    def write(text: object, *_: object, **named: Any) -> None:
        """Print a line, as it does beside its bar."""
        print(text, end=named.get("end", "\n"))


def _bar_over_range(*bounds: int, **named: Any) -> Bar:
    return Bar(range(*bounds), **named)


def _bar_of_pairs(*iterables: Iterable[Any], **_: object) -> Bar:
    return Bar(list(zip(*iterables)))  # noqa: B905  (as tqdm has it)


def _numbered_bar(iterable: Iterable[Any], start: int = 0, *_: object, **__: object) -> Bar:
    return Bar(list(enumerate(iterable, start)))


FUNCTIONS = {
    "trange": _bar_over_range,
    "tnrange": _bar_over_range,
    "tzip": _bar_of_pairs,
    "tenumerate": _numbered_bar,
}
MODULES = ("auto", "notebook", "autonotebook", "std", "gui", "rich", "asyncio", "contrib")


class _BarModule(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if self.__name__ == "tqdm" and name in MODULES:
            return __import__(f"tqdm.{name}", fromlist=["tqdm"])
        return FUNCTIONS.get(name, Bar)


FINDER = StubFinder(PACKAGES, _BarModule)


def install() -> None:
    """Let imports of progress bars that nothing else finds succeed."""
    sys.meta_path.append(FINDER)
