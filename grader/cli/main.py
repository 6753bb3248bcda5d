"""Where `grade` begins.

A submission's interpreter takes 25 ms to be ready, and `click` 40 ms to be imported: the first is
started before the second, so that they do it together.
"""

import sys

from grader.subject.process import Interpreter

WORDS = ("list", "show", "start")


def main() -> None:
    """Run the command line, and exit with its status."""
    ready = Interpreter() if _grades(sys.argv[1:]) else None
    try:
        from grader.cli import app

        status = app.run(sys.argv[1:], ready)
    finally:
        if ready is not None:
            ready.end()
    sys.exit(status)


def _grades(words: list[str]) -> bool:
    """Return whether a command line looks as if it would need a submission's interpreter."""
    return bool(words) and not words[0].startswith("-") and words[0] not in WORDS
