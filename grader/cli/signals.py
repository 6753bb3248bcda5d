"""Lets a signal, a batch system's say, end a long run as Ctrl-C does: in order."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from grader.cli.errors import say

SIGNALS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


class Terminated(BaseException):
    """Somebody has asked this process to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.status = 128 + number  # as shells say it


@contextmanager
def end_in_order() -> Iterator[None]:
    """Have a request to end raise `Terminated` meanwhile."""
    before = {number: signal.signal(number, _raise) for number in SIGNALS}
    try:
        yield
    finally:
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
