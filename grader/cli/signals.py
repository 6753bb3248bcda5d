"""Lets a signal, a batch system's say, end a long run as Ctrl-C does: in order."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial, wraps
from typing import Any

from grader.cli.errors import say

SIGNALS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
AGAIN_S = 0.01


class Terminated(BaseException):
    """Somebody has asked this process to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.status = 128 + number  # as shells say it


@contextmanager
def end_in_order() -> Iterator[None]:
    """Have a request to end raise `Terminated` meanwhile.

    One that is ignored stays ignored: `nohup` has a long run survive its terminal.
    """
    heard = [number for number in SIGNALS if signal.getsignal(number) != signal.SIG_IGN]
    before = {number: signal.signal(number, _raise) for number in heard}
    hook = sys.unraisablehook
    sys.unraisablehook = partial(_ask_again, hook)
    try:
        yield
    finally:
        sys.unraisablehook = hook
        for number, handler in before.items():
            signal.signal(number, handler)


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


def _raise(number: int, _frame: object) -> None:
    raise Terminated(number)


def _ask_again(
    otherwise: "Callable[[sys.UnraisableHookArgs], object]", unraisable: "sys.UnraisableHookArgs"
) -> None:
    """Ask once more to end where that was raised in a place from which nothing is raised."""
    ended = unraisable.exc_value
    if not isinstance(ended, Terminated | KeyboardInterrupt):
        otherwise(unraisable)
        return
    from threading import Timer

    number = ended.args[0] if isinstance(ended, Terminated) else signal.SIGINT
    Timer(AGAIN_S, _interrupt, [number]).start()


def _interrupt(number: int) -> None:
    """Send a signal to the main thread, which may sleep."""
    if hasattr(signal, "pthread_kill"):
        from threading import main_thread

        signal.pthread_kill(main_thread().ident or 0, number)
    else:
        signal.raise_signal(number)
