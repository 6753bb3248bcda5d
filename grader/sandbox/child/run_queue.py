"""Tells how long this process has stood in the queue for a processor, which Linux counts.

That is no time that a submission has waited: it could not compute, since others did.
Source: the kernel's Documentation/scheduler/sched-stats.rst, "/proc/<pid>/schedstat".
"""

import os
from contextlib import suppress
from time import monotonic

NAME = "self/schedstat"
LARGEST = 128
NANOSECONDS = 1e9

_own = [-1]
_clock, _pread = monotonic, getattr(os, "pread", None)


def opened(proc: int | str = "/proc") -> int:
    """Return a descriptor that tells of this process, -1 where the system does not tell.

    Args:
        proc: the folder, or a descriptor of it.
    """
    with suppress(OSError):
        if isinstance(proc, str):
            return os.open(f"{proc}/{NAME}", os.O_RDONLY)
        if proc >= 0:
            return os.open(NAME, os.O_RDONLY, dir_fd=proc)
    return -1


def watch(descriptor: int) -> None:
    """Read from `descriptor` from now on."""
    _own[0] = descriptor


def passed_s() -> float:
    """Return the seconds of a clock that stands still while this process is in the queue."""
    return _clock() - _queued_s()


def _queued_s() -> float:
    if _own[0] < 0 or _pread is None:
        return 0.0
    try:
        return int(_pread(_own[0], LARGEST, 0).split()[1]) / NANOSECONDS
    except (OSError, IndexError, ValueError):  # the submission has closed it
        return 0.0
