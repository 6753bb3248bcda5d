"""The student's end of the line in a copy of a live kernel; see `kernel_copy` for the grader's.

The copy holds all that the cells have made; whatever is done to it, the kernel's own stays.
"""

import gc
import os
import signal
import socket
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NamedTuple, NoReturn

from grader.sandbox.child import resource_limits
from grader.sandbox.child.loaded_submission import LoadedSubmission
from grader.sandbox.child.main import Connection, serve
from grader.sandbox.child.prepare import prepare
from grader.sandbox.protocol.wire import LOST_LINE


class LiveNotebook(NamedTuple):
    """The variables and the cells of a kernel.

    Attributes:
        names: its variables.
        cells: the file name in a cell's code → the cell's name, "In [3]".
    """

    names: dict[str, Any]
    cells: Mapping[str, str]


def answer(line_socket: socket.socket, live: LiveNotebook) -> NoReturn:
    """Answer Programs until the line closes, and end the process: for a fresh copy of a kernel.

    Nothing of the kernel's is cleaned up, waited for or written to: it belongs to the other one.
    """
    try:
        os.setsid()
        _let_go()
        _answer(line_socket, live)
    except OSError:
        os._exit(LOST_LINE)
    except BaseException:  # the submission left nothing that still works
        os._exit(1)
    os._exit(0)


def _let_go() -> None:
    """Take the kernel's streams and its wake-up call away from the copy."""
    with suppress(ValueError):  # a copy of a thread is the main thread by now, and may set it
        signal.set_wakeup_fd(-1)
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.close(null)
    gc.freeze()


def _answer(line_socket: socket.socket, live: LiveNotebook) -> None:
    line = Connection(line_socket.makefile("rb"), line_socket.fileno())
    request = line.receive()
    if request is None:
        return
    tape = prepare(request)
    submission = LoadedSubmission(request, tape)
    submission.names, submission.cells = live.names, live.cells
    line.send({"id": request["id"], "ready": resource_limits.peak_kb()})
    serve(line, submission, tape, request["id"])
