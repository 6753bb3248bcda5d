"""Makes a process one in which a submission may run: nothing of the grader's in reach.

What is printed goes to a tape, `input()` has nobody to ask, a signal to itself does the same behind
all walls, and limits are put on last.
"""

import builtins
import os
import signal
import sys
from _frozen_importlib import ModuleSpec
from _frozen_importlib_external import PathFinder
from _sitebuiltins import Quitter, _Helper
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from io import FileIO, RawIOBase, TextIOWrapper
from typing import Any, NoReturn

from grader.engines.interpreter.execute import TooMuchOutput
from grader.engines.own_folders import BESIDE, NAME, ours_in
from grader.sandbox.child import event_loop, resource_limits, run_queue
from grader.sandbox.child.renamed_modules import RenamedModules
from grader.sandbox.child.stand_ins import plotting_stubs
from grader.sandbox.protocol.limits import Limits

KEPT_OUTPUT = 2000  # bytes, of each moment's first and last

HARMLESS = ("SIGCHLD", "SIGCONT", "SIGURG", "SIGWINCH")
SIGNALLED = 128  # more than the signal's number is the status of a process that one has ended

_len, _exit, _own_id, _kill, _frame = len, os._exit, os.getpid, os.kill, sys._getframe
_handler: Any = signal.getsignal
_ignored, _aborted = int(signal.SIG_IGN), int(signal.SIGABRT)
_harmless = tuple(int(getattr(signal, name)) for name in HARMLESS if hasattr(signal, name))


class OutputTape(RawIOBase):
    """The tape for prints: all are counted, the first and the last of each moment are kept."""

    def __init__(self, limit: int) -> None:
        self.count = 0
        self.limit = limit
        self.start = self.end = b""

    def writable(self) -> bool:
        """Say that a text can be written."""
        return True

    def write(self, printed: Any) -> int:
        """Count what is printed, and stop the submission past the limit."""
        size = _len(printed)
        self.count += size
        if self.count > self.limit:
            raise TooMuchOutput
        self.keep(bytes(printed[:KEPT_OUTPUT]))
        return size

    def forget_count(self) -> None:
        """Begin to count anew."""
        self.count = 0

    def keep(self, printed: bytes) -> None:
        """Keep what was printed or shown, as long as there is room for it."""
        if _len(self.start) < KEPT_OUTPUT:
            self.start += printed
        else:
            self.end = (self.end + printed)[-KEPT_OUTPUT:]

    def take(self) -> str:
        """Return the text that has been kept since this was last called."""
        kept, self.start, self.end = self.start + self.end, b"", b""
        return kept.decode("utf-8", "replace")


class _Refusal:
    """Finds nothing of the grader's; a module of the student's may be called like one of ours."""

    def __init__(self, folders: Iterable[str]) -> None:
        self.ours = {os.path.realpath(path) for folder in folders for path in ours_in(folder)}

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, *_: object
    ) -> ModuleSpec | None:
        if name.partition(".")[0] not in (NAME, *BESIDE):
            return None
        spec = PathFinder.find_spec(name, sys.path if path is None else path)
        places = spec.submodule_search_locations or () if spec else ()
        if spec is None or any(os.path.realpath(place) in self.ours for place in places):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return spec  # else `grader` would be the installed one, see hatch_build


def prepare(
    request: Mapping[str, Any],
    confine: Callable[[Limits], None] = resource_limits.confine,
    *,
    queue: int = -1,
    forgotten: bool = False,
) -> OutputTape:
    """Make this process one in which the submission may run, and return where its prints go.

    Args:
        request: to run it.
        confine: puts limits on this process.
        queue: a descriptor for `run_queue`; opened here if left out.
        forgotten: whether the grader's modules have been forgotten already.
    """
    limits = Limits(*request["limits"])
    run_queue.watch(run_queue.opened() if queue < 0 else queue)
    if not forgotten:
        forget_modules()
    refuse_ourselves(request)
    home = os.path.dirname(os.path.join(request["folder"], request.get("name", "")))
    with suppress(OSError):  # a folder that was read need not be one that can be entered
        os.chdir(home)
    sys.path[:0] = [home]
    sys.meta_path.append(RenamedModules(request["folder"]))
    sys.dont_write_bytecode = True
    plotting_stubs.install()
    event_loop.install()
    builtins.exit = Quitter("exit", "")
    builtins.quit = Quitter("quit", "")
    builtins.help = _Helper()
    builtins.input = no_input
    os.kill, signal.raise_signal, os.abort = _kill_unless_itself, _signal_itself, _abort
    tape = OutputTape(limits.output_kb << 10)
    sys.stdout = sys.stderr = TextIOWrapper(tape, "utf-8", "replace", write_through=True)
    sys.__stdout__ = sys.__stderr__ = sys.stdout  # type: ignore[misc]
    sys.stdin = TextIOWrapper(FileIO(os.devnull))  # at its end
    confine(limits)
    return tape


def no_input(_: object = "") -> str:
    """Refuse to ask anybody."""
    raise EOFError("input() has nobody to ask while grading")


def _kill_unless_itself(pid: int, number: int, /) -> None:
    if pid in (0, _own_id()) and number:
        _signal_itself(number)
    else:
        _kill(pid, number)


def _signal_itself(number: int, /) -> None:
    """Do what a signal to this process does: walls let none be sent, but leave the rest to it."""
    try:
        handler = _handler(number)
    except ValueError:
        raise OSError(22, "Invalid argument") from None
    if callable(handler):
        handler(int(number), _frame(1))
    elif handler != _ignored and int(number) not in _harmless:
        _exit(SIGNALLED + int(number))


def _abort() -> NoReturn:
    _exit(SIGNALLED + _aborted)


def forget_modules() -> None:
    """Make what is the grader's no longer imported; functions keep what they need."""
    for name in tuple(sys.modules):
        if name.partition(".")[0] == NAME:
            del sys.modules[name]


def refuse_ourselves(request: Mapping[str, Any]) -> None:
    """Make what is the grader's no longer importable."""
    root = request["root"]
    sys.path[:] = [entry for entry in sys.path if entry != root or entry in request["site"]]
    sys.meta_path.insert(0, _Refusal((root, *request["site"])))
