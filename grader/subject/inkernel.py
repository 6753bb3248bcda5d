"""The student's end of the line inside a Jupyter kernel; see `notebook` for the grader's."""

import os
import socket

from grader.subject.child import Line, Submission, description, library, prepare, serve
from grader.subject.shell import current_shell, watch


def begin(descriptor: int) -> None:
    """Prepare the kernel's process, and watch the cells that it will run."""
    line_socket = socket.socket(fileno=descriptor)
    os.set_inheritable(descriptor, False)
    line = Line(line_socket.makefile("rb"), descriptor)
    request = line.receive()
    assert request is not None
    tape = prepare(request)
    submission = Submission(request)
    before = library()
    shell = current_shell()
    watch(shell, submission, len(request["source"]))

    def finish() -> None:
        line.send({"id": request["id"], **description(submission, before)})
        serve(line, submission, tape)
        line_socket.close()

    shell._finish_grading = finish
