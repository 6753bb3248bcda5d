"""Stand-ins for plotting packages that are not installed: they cost a student nothing.

A stand-in can be called, subscripted and iterated, and gives itself; nothing is drawn.
"""

import sys
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

PLOTTING = ("matplotlib", "graphviz", "seaborn", "plotly", "pydot", "pygraphviz", "PIL", "cv2")


class Drawing:
    """What a stand-in gives for everything: an object that does nothing, politely."""

    def __call__(self, *_: object, **__: object) -> "Drawing":
        return self

    def __getattr__(self, name: str) -> "Drawing":
        if name.startswith("_"):
            raise AttributeError(name)
        return self

    def __getitem__(self, _: object) -> "Drawing":
        return self

    def __setitem__(self, _: object, __: object) -> None:
        pass

    def __iter__(self) -> Iterator["Drawing"]:
        return iter((self, self))

    def __enter__(self) -> "Drawing":
        return self

    def __exit__(self, *_: object) -> None:
        pass


class _Module(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Drawing()


class _Finder:
    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        if fullname.partition(".")[0] in PLOTTING:
            return ModuleSpec(fullname, self, is_package=True)  # type: ignore[arg-type]
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        pass


def install() -> None:
    """Let imports of plotting packages that nothing else finds succeed."""
    sys.meta_path.append(_Finder())
