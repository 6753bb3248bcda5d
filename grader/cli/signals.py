"""What asks a long run to end, a batch system say, ends it as Ctrl-C does: in order."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

ASKED = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


class Ended(BaseException):
    """Somebody has asked this process to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.status = 128 + number  # as shells say it


@contextmanager
def ended_in_order() -> Iterator[None]:
    """Have a request to end raise `Ended` meanwhile."""
    before = {number: signal.signal(number, _ended) for number in ASKED}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _ended(number: int, _frame: object) -> None:
    raise Ended(number)
