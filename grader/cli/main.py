"""The beginning of `grade`.

A student types `grade ex9` again and again, so that line waits for nothing it does not need. The
submission's interpreter is started first, and gets ready while the rest is imported; and a line of
plain words, `grade EX [PATH]`, is not parsed by click, whose import takes longer than the grading.
Any other line is, and both end in `grade_once.run`. Collecting garbage and taking modules apart at
the end would cost a tenth of the time, and free nothing that the end of the process does not.
"""

import gc
import os
import sys
from typing import TYPE_CHECKING

from grader.cli.errors import COMMANDS, STOPPED, SUCCESS, complain, say

ANSWERS_A_SHELL = "_GRADE_COMPLETE"  # click ends the program by itself where it completes words

if TYPE_CHECKING:
    from grader.sandbox.interpreter import Interpreter

STANDARD_ERROR = 2
LAST_S = 2.0


def main() -> None:
    """Run the command line, and exit with its status."""
    gc.disable()
    _open_what_is_closed()
    status = run(sys.argv[1:])
    if "multiprocessing.synchronize" in sys.modules:
        _take_down()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        pass  # the reader of our output has seen enough
    os._exit(status)


def _take_down() -> None:
    """Have locks and sockets that processes share removed, as they are where Python exits.

    A process that was ended may hold what is waited for: no longer than this.
    """
    import atexit
    from threading import Thread

    ending = Thread(target=atexit._run_exitfuncs, daemon=True)
    ending.start()
    ending.join(LAST_S)


def _open_what_is_closed() -> None:
    """Let a standard descriptor that is closed lead nowhere, so that no file of ours takes it."""
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= STANDARD_ERROR:
        pass
    os.close(descriptor)
    sys.stdout = sys.stdout or os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = sys.stderr or os.fdopen(STANDARD_ERROR, "w", encoding="utf-8")


def run(words: list[str]) -> int:
    """Run a command line, and return its exit status; errors become words on stderr."""
    ready = None
    try:
        if words and not words[0].startswith("-") and words[0] not in COMMANDS:
            from grader.sandbox.interpreter import Interpreter

            ready = Interpreter()
            if _plain(words):
                return _grade(words[0], words[1] if words[1:] else None, ready)
        from grader.cli import app

        return app.run(words, ready)
    except BrokenPipeError:
        return SUCCESS
    except KeyboardInterrupt:
        return say("stopped", "", STOPPED)
    except (Exception, SystemExit) as error:  # whatever it is, it becomes words and a status
        if isinstance(error, SystemExit) and ANSWERS_A_SHELL in os.environ:
            raise
        return complain(error)
    finally:
        if ready is not None:
            ready.end()


def _grade(exercise: str, path: str | None, ready: "Interpreter") -> int:
    from grader.cli import grade_once
    from grader.cli.output import OutputOptions
    from grader.cli.signals import ends_in_order
    from grader.exercises.search_path import search_path
    from grader.grading.request import REPAIR_STEPS, GradeRequest

    request = GradeRequest(exercise, path, homes=search_path(), repair_steps=REPAIR_STEPS)
    return ends_in_order(grade_once.run)(request, OutputOptions(), ready)


def _plain(words: list[str]) -> bool:
    return len(words) <= 2 and not any(word.startswith("-") for word in words)
