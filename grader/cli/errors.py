"""The one place where an error becomes `Error: …`, `Hint: …` and an exit status."""

import os
import sys

from grader.engines.text import visible
from grader.errors import GraderError, Misused, NothingToGrade

COMMANDS = (
    *("list", "show", "start", "watch", "batch", "diff", "similar", "export", "push"),
    *("serve", "submit", "admin", "ci", "verify", "new", "doctor", "check"),
)
SUCCESS, TO_FIX, USAGE, OUR_FAULT, NOTHING = range(5)
STOPPED = 130  # as shells say of what Ctrl-C ended
RED, CYAN = "31", "36"


def complain(error: BaseException) -> int:
    """Say on stderr what went wrong, and return the exit status for it."""
    if isinstance(error, GraderError):
        return say(error.message, error.hint, _status(error))
    if os.environ.get("GRADE_TRACEBACK"):
        import traceback

        traceback.print_exception(error)
    return say(
        f"the grader failed: {type(error).__name__}: {error}",
        "this is not your submission's fault; GRADE_TRACEBACK=1 shows where it happened",
        OUR_FAULT,
    )


def say(message: str, hint: str, status: int) -> int:
    """Write a message and a hint to stderr, as a line each, and return `status`."""
    coloured = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    for word, colour, text in (("Error:", RED, message), ("Hint:", CYAN, hint)):
        if text:
            shown = f"\x1b[{colour}m{word}\x1b[0m" if coloured else word
            print(shown, visible(text), file=sys.stderr)
    return status


def _status(error: GraderError) -> int:
    if isinstance(error, Misused):
        return USAGE
    return NOTHING if isinstance(error, NothingToGrade) else OUR_FAULT
