"""The output of the cell: rich where the front end can show it, and else text."""

import sys
from typing import Any

from grader.errors import GraderError


class ReportDisplay:
    """A report in both forms."""

    def __init__(self, text: str, html: str) -> None:
        self.text = text
        self.html = html

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """Give a front end both, as IPython asks for them."""
        del include, exclude  # which need not be followed
        return {"text/plain": self.text, "text/html": self.html}


def of_error(error: Exception) -> None:
    """Say on stderr what went wrong: a line, a hint, and no traceback."""
    if isinstance(error, GraderError):
        message, hint = error.message, error.hint
    else:
        message = f"the grader failed: {type(error).__name__}: {error}"
        hint = "this is not your notebook's fault"
    sys.stderr.write(f"Error: {message}\nHint: {hint}\n")
