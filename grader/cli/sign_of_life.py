"""Shows on a terminal that a grading goes on, where it takes longer than a moment."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from types import FrameType

FIRST_S = 2.0
AGAIN_S = 1.0
ERASE = "\r\x1b[K"


@contextmanager
def sign_of_life(what: str) -> Iterator[None]:
    """Say after FIRST_S, and then again and again, how long something has been running.

    Nothing is said where standard error is no terminal, or the system has no alarm.

    Args:
        what: it is.
    """
    if not (hasattr(signal, "setitimer") and sys.stderr.isatty()) or _is_elsewhere():
        yield
        return
    began, shown = monotonic(), False

    def show(_number: int, _frame: FrameType | None) -> None:
        nonlocal shown
        shown = True
        text = f"{ERASE}{what}: {monotonic() - began:.0f} s, a limit ends it (Ctrl-C: at once)"
        os.write(sys.stderr.fileno(), text.encode(sys.stderr.encoding or "ascii", "replace"))

    before = signal.signal(signal.SIGALRM, show)
    signal.setitimer(signal.ITIMER_REAL, FIRST_S, AGAIN_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)
        if shown:
            os.write(sys.stderr.fileno(), ERASE.encode())


def _is_elsewhere() -> bool:
    """Return whether this is another thread than the main one, which alone may set a handler."""
    threading = sys.modules.get("threading")
    return threading is not None and threading.current_thread() is not threading.main_thread()
