"""Looks at the machine's processes, to see what grading leaves behind."""

import os
from collections.abc import Callable, Collection
from multiprocessing import resource_tracker
from pathlib import Path
from time import monotonic, sleep
from typing import NamedTuple


class Process(NamedTuple):
    number: int
    state: str
    parent: int
    group: int


def numbers() -> list[int]:
    """The number of every process of the machine, as /proc tells."""
    return [int(name) for name in os.listdir("/proc") if name.isdecimal()]


def running() -> list[Process]:
    """Every process of the machine, as /proc tells."""
    return [process for number in numbers() if (process := _read(number))]


def group(number: int) -> list[Process]:
    """The processes of a group that still run, after a moment to let them end."""
    return _in_the_end(lambda process: process.group == number and process.state != "Z")


def started() -> frozenset[int]:
    """The numbers of the processes that this one has started by now, and not reaped."""
    return frozenset(process.number for process in running() if process.parent == os.getpid())


def children(besides: Collection[int]) -> list[Process]:
    """The processes that this one has started and not reaped, after a moment.

    One that `multiprocessing` keeps for as long as this process lives is none of ours.

    Args:
        besides: the numbers of others, such as a kernel that other tests still use.
    """
    known = {resource_tracker._resource_tracker._pid, *besides}  # type: ignore[attr-defined]
    return _in_the_end(lambda one: one.parent == os.getpid() and one.number not in known)


def descriptors() -> int:
    """How many descriptors this process has open."""
    return len(os.listdir("/proc/self/fd"))


def _in_the_end(wanted: Callable[[Process], bool]) -> list[Process]:
    until = monotonic() + 20.0
    while (found := [process for process in running() if wanted(process)]) and monotonic() < until:
        sleep(0.02)
    return found


def _read(number: int) -> Process | None:
    try:
        fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    except OSError:  # it has just ended
        return None
    return Process(number, fields[0], int(fields[1]), int(fields[2]))
