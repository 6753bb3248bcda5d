"""The student's end of the line inside a Jupyter kernel; see `kernel` for the grader's."""

import os
import socket

from grader.sandbox.child import resource_limits
from grader.sandbox.child.loaded_submission import LoadedSubmission
from grader.sandbox.child.main import (
    Connection,
    load_recording,
    load_stand_ins,
    serve,
)
from grader.sandbox.child.notebook import current_shell, watch
from grader.sandbox.child.prepare import no_input, prepare


def begin(descriptor: int) -> None:
    """Prepare the kernel's process, and watch the cells that it will run."""
    line_socket = socket.socket(fileno=descriptor)
    os.set_inheritable(descriptor, False)
    line = Connection(line_socket.makefile("rb"), descriptor)
    request = line.receive()
    assert request is not None
    install = load_stand_ins()
    record = load_recording() if "record" in request else None
    tape = prepare(request)
    submission = LoadedSubmission(request, tape)
    submission.stand_ins = install("")
    submission.announce = lambda step: line.send({"id": request["id"], "at": step})
    if record is not None:
        record(submission, line, request)
    submission.watch.begin()
    shell = current_shell()
    watch(shell, submission, len(request["source"]))

    def finish() -> None:
        serve(line, submission, tape, request["id"])
        line_socket.close()

    shell._finish_grading = finish
    shell.kernel.raw_input = no_input  # it would put its own in place before each cell
    line.send({"id": request["id"], "ready": resource_limits.peak_kb()})
