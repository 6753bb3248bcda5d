"""Limits that a process puts on itself before it runs a submission: tier "limits".

What the operating system does not offer (`resource` on Windows, an enforced address space on
macOS) is left out; the deadline, which the grader's process holds, stands everywhere.
"""

import os
from contextlib import suppress
from typing import NamedTuple

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]


class Limits(NamedTuple):
    """What a submission may use.

    Attributes:
        load_s: seconds for running the file, or all cells of a notebook.
        program_s: seconds for one Program.
        cpu_s: CPU seconds for everything together.
        memory_mb: address space on top of the interpreter's own, in megabytes.
        output_kb: what it may print, in kilobytes.
        file_mb: how large a file it may write, in megabytes.
        processes: how many processes and threads it may add to the machine's.
    """

    load_s: float = 10.0
    program_s: float = 2.0
    cpu_s: int = 60
    memory_mb: int = 2048
    output_kb: int = 1024
    file_mb: int = 64
    processes: int = 128


def confine(limits: Limits) -> None:
    """Put `limits` on this process and all that it starts."""
    if resource is None:
        return
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_CPU, limits.cpu_s)
    _lower(resource.RLIMIT_FSIZE, limits.file_mb << 20)
    _lower(resource.RLIMIT_NOFILE, 256)
    in_use = _address_space()
    if in_use is not None:
        _lower(resource.RLIMIT_AS, in_use + (limits.memory_mb << 20))
    running = _running()
    if running is not None:
        _lower(resource.RLIMIT_NPROC, running + limits.processes)


def _lower(what: int, limit: int) -> None:
    """Set a soft and hard limit, never above the hard limit that stands."""
    _, hard = resource.getrlimit(what)
    limit = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    with suppress(OSError, ValueError):  # macOS knows RLIMIT_AS, and does not let it be set
        resource.setrlimit(what, (limit, limit))


def _address_space() -> int | None:
    """Return this process's address space in bytes, or None where /proc does not tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as pages:
            return int(pages.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return None


def _running() -> int | None:
    """Return how many processes and threads the machine runs now, or None where unknown.

    RLIMIT_NPROC counts all that a user runs, not what one process started.
    """
    try:
        with open("/proc/loadavg", encoding="ascii") as load:
            return int(load.read().split()[3].split("/")[1])
    except OSError:
        return None
