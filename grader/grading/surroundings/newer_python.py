"""Tells where a submission is written for a newer Python than the one that runs it."""

import re
import sys
from collections.abc import Sequence

from grader.engines.observation import Fault

HERE: Sequence[int] = sys.version_info[:2]
SYNTAX = (
    ((3, 12), re.compile(r"\s*type\s+\w+\s*(\[.*\]\s*)?=")),
    ((3, 12), re.compile(r"\s*((async\s+)?def|class)\s+\w+\s*\[")),
    ((3, 14), re.compile(r"\s*except\*?\s+[\w.]+\s*,[^:]*:")),
    ((3, 14), re.compile(r"(.*[^\w])?[tT][rR]?[\"']")),
    ((3, 15), re.compile(r"\s*lazy\s+(import|from)\s")),
)
F_STRINGS = (3, 12)  # since when an f-string may hold its own quotes, backslashes and comments
NOT_THERE = re.compile(r"cannot import name '\w+' from '(\w+)")


def newer_python(fault: Fault, text: str, here: Sequence[int] = HERE) -> str:
    """Return a clause on a fault that a newer Python may not find, "" where it finds it, too.

    Args:
        fault: a SyntaxError, or an ImportError.
        text: the line that it is found in.
        here: the version that runs submissions.
    """
    grades = f"Python {here[0]}.{here[1]} grades here"
    missing = NOT_THERE.match(fault.message)
    if missing:
        return f"; {grades}" if missing[1] in sys.stdlib_module_names else ""
    since = [version for version, form in SYNTAX if version > tuple(here) and form.match(text)]
    if fault.message.startswith("f-string") and tuple(here) < F_STRINGS:
        since.append(F_STRINGS)
    if not since or fault.type != "SyntaxError":
        return ""
    return f"; this is written for Python {since[0][0]}.{since[0][1]}, and {grades}"
