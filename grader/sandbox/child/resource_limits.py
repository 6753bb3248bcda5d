"""Limits that a process puts on itself before it runs a submission: tier "limits".

What the operating system does not offer (`resource` on Windows, an enforced address space on
macOS) is left out; the deadline, which the grader's process holds, stands everywhere.
"""

import os
import sys
from contextlib import suppress
from typing import NamedTuple

from grader.sandbox.protocol.limits import Limits

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]


LATE_S = 1  # the system counts ticks, and may be off by some per cent where it is busy
LIBRARIES_MB = 16 << 10  # a torch with CUDA maps several gigabytes of files


class BaselineUse(NamedTuple):
    """The memory of a process before a submission runs in it: bytes of addresses, and of data.

    `running` is how many processes and threads the machine has then, None where that is to be seen.
    """

    addresses: int
    data: int
    running: int | None = None


def confine(limits: Limits, used: BaselineUse | None = None) -> None:
    """Put `limits` on this process and all that it starts.

    Args:
        limits: what the submission may use.
        used: what the process uses by itself; found out if left out, where the system tells.
    """
    if resource is None:
        return
    _lower(resource.RLIMIT_CORE, 0)
    seconds = limits.cpu_s + LATE_S
    _lower(resource.RLIMIT_CPU, seconds, more=1)  # SIGXCPU first, which tells why it ended
    _lower(resource.RLIMIT_FSIZE, limits.file_mb << 20)
    _lower(resource.RLIMIT_NOFILE, 256)
    _lower_memory(limits.memory_mb, used or baseline_use())
    running = used.running if used and used.running is not None else running_now()
    if running is not None:
        _lower(resource.RLIMIT_NPROC, running + limits.processes)


def _lower(what: int, limit: int, more: int = 0) -> None:
    """Set a soft limit, and a hard one that is higher by `more`; none above the one that stands."""
    _, hard = resource.getrlimit(what)
    soft, higher = (
        most if hard == resource.RLIM_INFINITY else min(most, hard)
        for most in (limit, limit + more)
    )
    with suppress(OSError, ValueError):  # macOS knows RLIMIT_AS, and does not let it be set
        resource.setrlimit(what, (soft, higher))


def _lower_memory(megabytes: int, used: BaselineUse | None) -> None:
    """Limit what is written to, and much further off the addresses, which libraries use up too."""
    if used is not None:
        _lower(resource.RLIMIT_DATA, used.data + (megabytes << 20))
        _lower(resource.RLIMIT_AS, used.addresses + (megabytes + LIBRARIES_MB << 20))


def baseline_use() -> BaselineUse | None:
    """Return the memory that this process uses now, None where only Linux would tell."""
    try:
        with open("/proc/self/statm", "rb") as statm:
            pages = [int(count) for count in statm.read().split()]
    except OSError:
        return None
    size = os.sysconf("SC_PAGE_SIZE")
    return BaselineUse(pages[0] * size, pages[5] * size)


def peak_kb() -> int:
    """Return the kilobytes in RAM of this process at its largest, 0 where the system does not tell.

    Where walls hide /proc, it has been forked: of one that was started, `getrusage` tells how large
    the one was that started it.
    """
    try:
        with open("/proc/self/status", "rb") as status:
            _, _, rest = status.read().partition(b"VmHWM:")
    except OSError:
        rest = b""
    if rest:
        return int(rest.split(None, 1)[0])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss if sys.platform == "linux" else 0


def running_now(proc: int | None = None) -> int | None:
    """Return the number of processes and threads of the machine now, or None where unknown.

    RLIMIT_NPROC counts all that a user runs, not what one process started.

    Args:
        proc: a descriptor of /proc, where that is not to be seen under its name.
    """
    try:
        load = os.open("/proc/loadavg" if proc is None else "loadavg", os.O_RDONLY, dir_fd=proc)
    except OSError:
        return None
    with open(load, "rb") as file:
        return int(file.read().split()[3].split(b"/")[1])
