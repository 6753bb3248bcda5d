"""The program of a worker: jobs come over a socket, reports go back; it knows no web and no SQL."""

import gc
import os
import signal
import socket
import sys
from typing import cast

from grader.course.batch.worker import Worker
from grader.errors import GraderError
from grader.sandbox.protocol.limits import Tier
from grader.sandbox.walls import linux_calls
from grader.service.queue.wire import Ended, framed, receive

MOST_SESSIONS = 64


def main(descriptor: int, walls: Tier) -> None:
    """Do jobs until nobody sends any.

    Args:
        descriptor: of the socket.
        walls: what stands around submissions.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started this
    if sys.platform == "linux":
        linux_calls.die_with_parent(signal.SIGTERM)
    worker = Worker(MOST_SESSIONS)
    signal.signal(signal.SIGTERM, lambda *_: _end(worker))
    line = socket.socket(fileno=descriptor)
    try:
        worker.warm_up(walls)
    except GraderError as error:
        line.sendall(framed({"message": error.message, "hint": error.hint}))
        return
    line.sendall(framed({"ready": True}))
    gc.freeze()
    try:
        while True:
            line.sendall(framed(worker.plain_work(receive(line))))
    except (Ended, OSError):
        worker.release()


def _end(worker: Worker) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        worker.release()
    finally:
        os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]), cast("Tier", sys.argv[2]))  # the service has checked it
