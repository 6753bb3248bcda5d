"""Lets an event loop wake itself up through a pipe, as walls allow no sockets, not even a pair.

What a pair of sockets holds is memory that no limit counts, and a descriptor can be sent through
one, out of sight. asyncio needs neither: its pair carries single bytes, in one direction.
"""

import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:  # importing it takes as long as a tenth of what is imported here
    from importlib.abc import Loader

WHERE = "asyncio.selector_events"


class PipeEnd:
    """One end of a pipe, with what a loop asks of a socket; it never blocks."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def fileno(self) -> int:
        """Return its descriptor."""
        return self._descriptor

    def recv(self, most: int) -> bytes:
        """Return the bytes that have been sent."""
        return os.read(self._descriptor, most)

    def send(self, content: bytes) -> int:
        """Send to the other end, and return how many bytes were taken."""
        return os.write(self._descriptor, content)

    def close(self) -> None:
        """Give the descriptor back."""
        os.close(self._descriptor)


def install() -> None:
    """Give asyncio its pipe: now, or once it is imported; only where there are such pipes."""
    if not hasattr(os, "pipe2"):
        return
    loaded = sys.modules.get(WHERE)
    if loaded is None:
        sys.meta_path.insert(0, _EventLoopFinder())
    else:
        _change(loaded)


class _EventLoopFinder:
    def find_spec(self, name: str, path: Sequence[str] | None, *_: object) -> ModuleSpec | None:
        if name != WHERE:
            return None
        sys.meta_path.remove(self)
        spec = PathFinder.find_spec(name, path)
        if spec is not None and spec.loader is not None:
            spec.loader = cast("Loader", _PatchingLoader(spec.loader))
        return spec


class _PatchingLoader:
    """Loads a module as another loader does, and changes it."""

    def __init__(self, loader: "Loader") -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        _change(module)


def _change(module: ModuleType) -> None:
    module.BaseSelectorEventLoop._make_self_pipe = _make_self_pipe


def _make_self_pipe(loop: Any) -> None:
    """Do what the method of that name does, with the ends of a pipe."""
    loop._ssock, loop._csock = map(PipeEnd, os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC))
    loop._internal_fds += 1
    loop._add_reader(loop._ssock.fileno(), loop._read_from_self)
