"""The other side of a Reader: a process that reads what it is asked to, within limits.

It runs functions of ours, that stand in modules, and nothing that a student wrote.
"""

import math
import os
import pickle
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any

from grader.errors import GraderError

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]


def main() -> None:
    """Read, one after another, until nobody asks any more or there is no memory left."""
    _, _, cpu_s, memory_mb = sys.argv
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what is printed is no reply
    _confine(int(memory_mb))
    kind = ""
    while kind != "memory" and requests.peek(1):
        _allow(int(cpu_s))
        kind, value = _answer(requests)
        pickle.dump((kind, value), replies)
        replies.flush()


def _answer(requests: IO[bytes]) -> tuple[str, Any]:
    """Do what is asked, and return what came of it."""
    function: Callable[..., Any]
    try:
        function, arguments = pickle.load(requests)
        return "read", function(*arguments)
    except GraderError as error:
        return "read", error
    except MemoryError:
        return "memory", None
    except Exception as error:  # a fault of ours: it is said, and costs one student's row
        return "failed", f"{type(error).__name__}: {error}"


def _confine(memory_mb: int) -> None:
    """Limit the memory, as far as the system does that, and write no image of it when it ends."""
    if resource is None:
        return
    _lower(resource.RLIMIT_CORE, 0)
    with suppress(OSError):  # only Linux tells
        with open("/proc/self/statm", "rb") as statm:
            used = int(statm.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        _lower(resource.RLIMIT_AS, used + (memory_mb << 20))


def _allow(cpu_s: int) -> None:
    """Allow so many further seconds of CPU; the system ends a process that takes more."""
    if resource is not None:
        _lower(resource.RLIMIT_CPU, math.ceil(time.process_time()) + cpu_s)


def _lower(what: int, limit: int) -> None:
    """Set a soft limit, as high as the hard one lets it be."""
    _, hard = resource.getrlimit(what)
    soft = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    with suppress(OSError, ValueError):  # macOS knows RLIMIT_AS, and does not let it be set
        resource.setrlimit(what, (soft, hard))
