"""Lets a signal, a batch system's say, end a long run as Ctrl-C does: in order."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from time import sleep
from typing import Any

from grader.cli.errors import say

SIGNALS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
AGAIN_S = 0.01


class Terminated(BaseException):
    """Somebody has asked this process to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number
        self.status = 128 + number  # as shells say it


@contextmanager
def end_in_order() -> Iterator[None]:
    """Have a request to end raise `Terminated` meanwhile.

    One that is ignored stays ignored: `nohup` has a long run survive its terminal.
    """
    heard = [number for number in SIGNALS if signal.getsignal(number) != signal.SIG_IGN]
    hook = sys.unraisablehook
    request = _RequestToEnd(hook)
    before = {number: signal.signal(number, request.hear) for number in heard}
    sys.unraisablehook = request.ask_again
    try:
        yield
    finally:
        sys.unraisablehook = hook
        for number, handler in before.items():
            signal.signal(number, handler)
        request.is_answered = True


def ends_in_order(command: Callable[..., int]) -> Callable[..., int]:
    """Have a command that somebody ends take down what it has built, and say so."""

    @wraps(command)
    def ended(*arguments: Any, **options: Any) -> int:
        try:
            with end_in_order():
                return command(*arguments, **options)
        except Terminated as error:
            return say("stopped", "", error.status)

    return ended


class _RequestToEnd:
    """Raises a request where it is heard, and once more where Python lets nothing be raised.

    In `__del__`, say, or in a callback of the import system an exception is told, and lost.
    """

    def __init__(self, otherwise: "Callable[[sys.UnraisableHookArgs], object]") -> None:
        self._otherwise = otherwise
        self._is_told = False  # here too, nothing is raised
        self.is_answered = True  # a handler may be interrupted by itself: nothing here has a lock
        self.heard = 0

    def hear(self, number: int, _frame: object) -> None:
        """Handle a signal."""
        self.heard += 1
        if not self._is_told:
            self.is_answered = True
            raise Terminated(number)

    def ask_again(self, unraisable: "sys.UnraisableHookArgs") -> None:
        """Be the hook that is told of what was not raised."""
        if not isinstance(unraisable.exc_value, Terminated):
            self._otherwise(unraisable)
            return
        from threading import Thread

        self._is_told, self.is_answered = True, False
        asked = unraisable.exc_value.number, self
        try:
            Thread(target=_ask_until_answered, args=asked, daemon=True).start()
        finally:
            self._is_told = False


def _ask_until_answered(number: int, request: _RequestToEnd) -> None:
    """Send a signal to the main thread, which may sleep, and another where that raised nothing."""
    from threading import main_thread

    sleep(AGAIN_S)
    while not request.is_answered:
        heard = request.heard
        if hasattr(signal, "pthread_kill"):
            signal.pthread_kill(main_thread().ident or 0, number)
        else:
            signal.raise_signal(number)
        while request.heard == heard and not request.is_answered:
            sleep(AGAIN_S)
