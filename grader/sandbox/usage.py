"""The usage of a process, as Linux tells of each; elsewhere nobody tells.

Source: clock_getcpuclockid(3), proc_pid_status(5), proc_pid_io(5); the
kernel's Documentation/scheduler/sched-stats.rst.
"""

import os
import sys
import time
from typing import NamedTuple

KILOBYTE = 1024
LARGEST = 1 << 16  # of those files: some have a line for each thing, none has a hundred
NANOSECONDS = 1e9


class Usage(NamedTuple):
    """The usage of a process since it began.

    Attributes:
        cpu_s: seconds of CPU, None where it is not known.
        peak_kb: memory in RAM at its largest, 0 where it is not known.
        written_kb: what it handed to `write`, 0 where it is not known.
    """

    cpu_s: float | None = None
    peak_kb: int = 0
    written_kb: int = 0


def cpu_s(pid: int) -> float | None:
    """Return the seconds of CPU that a process has used; None where nobody tells."""
    if sys.platform != "linux":
        return None
    try:
        return time.clock_gettime(~pid << 3 | 2)  # the clock of that process
    except OSError:
        return None


def usage_of(pid: int) -> Usage:
    """Return the usage of a process that has not been reaped; nothing where there is none."""
    peak_kb = _number(pid, "status", b"VmHWM:")
    return Usage(cpu_s(pid), peak_kb, _written_kb(pid))


def queued_s(pid: int) -> float:
    """Return how long a process has stood in the queue for a processor, 0 where nobody tells."""
    found = _read(pid, "schedstat").split()
    return int(found[1]) / NANOSECONDS if len(found) > 1 else 0.0


def pid_of(descriptor: int) -> int:
    """Return the number, here, of the process that a pidfd holds; 0 where there is none."""
    return _number("self", f"fdinfo/{descriptor}", b"Pid:")


def _written_kb(pid: int) -> int:
    return _number(pid, "io", b"wchar:") // KILOBYTE


def _number(pid: int | str, file: str, name: bytes) -> int:
    """Return the number behind a name in a file of lines, 0 where there is none."""
    _, found, rest = _read(pid, file).partition(name)
    return max(0, int(rest.split(None, 1)[0])) if found else 0


def _read(pid: int | str, file: str) -> bytes:
    """Return a small file of /proc, nothing where there is none; it is read for each answer."""
    try:
        descriptor = os.open(f"/proc/{pid}/{file}", os.O_RDONLY)
    except OSError:
        return b""
    try:
        return os.read(descriptor, LARGEST)
    except OSError:  # the process has ended since
        return b""
    finally:
        os.close(descriptor)
