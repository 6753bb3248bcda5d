"""Says of what a submission was refused that it was the sandbox, and not a fault of its own."""

import re
from collections.abc import Iterable

from grader.engines.observation import Fault

NETWORK = re.compile(
    r"(URLError|gaierror|ConnectionError|ConnectTimeout|MaxRetryError|HTTPError|SSLError|timeout)$"
)
UNRESOLVED = re.compile(r"Temporary failure in name resolution|Name or service not known|urlopen")
REFUSALS = (
    ("RuntimeError", re.compile("can't start new thread"), "no more threads than these"),
    ("BlockingIOError", re.compile(r"\[Errno 11\]"), "no further processes"),
    ("PermissionError", re.compile(r"\[Errno 1\] Operation not permitted$"), "no such call"),
    ("PermissionError", re.compile(r"\[Errno (1|13)\].*: ['b\"]"), "no files but its own"),
    ("OSError", re.compile(r"\[Errno 30\]"), "nothing to be written outside of its own folder"),
)


def refusal(faults: Iterable[Fault]) -> str:
    """Return what the sandbox does not allow of what was tried, "" where nothing tells of that.

    Args:
        faults: what was raised by a submission that ran behind walls.
    """
    for fault in faults:
        if NETWORK.search(fault.type) or UNRESOLVED.search(fault.message):
            return _says("no network", fault)
        for name, form, allows in REFUSALS:
            if fault.type == name and form.search(fault.message):
                return _says(allows, fault)
    return ""


def _says(allows: str, fault: Fault) -> str:
    return f"the sandbox allows {allows}: {fault.type}: {fault.message}".rstrip(": ")
