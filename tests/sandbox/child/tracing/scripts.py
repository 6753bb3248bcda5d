"""Scripts that train, as the tests of tracing run and watch them."""

import textwrap
from types import FrameType
from typing import Any

from grader.grading.mutants.run import trace_of
from grader.sandbox.child.tracing.backward_watch import BackwardWatch
from grader.sandbox.trace import Training
from tests.sandbox.orders import RIGHT, with_backward

ENGINE = with_backward(RIGHT)
FILE = "student.py"
LOOP = """
w = Value(0.0)
for _ in range(5):
    loss = (w + Value(-2.0)) * (w + Value(-2.0))
    w.grad = 0.0
    loss.backward()
    w.data -= 0.1 * w.grad
"""


def trainings(code: str, engine: str = ENGINE) -> list[Training]:
    """The trainings of a script: an engine, and code below it."""
    return list(trace_of(engine + "\n\n" + textwrap.dedent(code)).trainings)


def made(code: str, engine: str = ENGINE) -> list[int]:
    """How many passes each training of a script made."""
    return [training.made for training in trainings(code, engine)]


class Seen:
    """A script watched from outside, so that its names can be looked at afterwards."""

    def __init__(self, source: str) -> None:
        self.names: dict[str, Any] = {"__name__": "__main__"}
        self.looked: list[int] = []
        self.watch = BackwardWatch(lambda file: file if file == FILE else None, self.look)
        self.watch.begin()
        try:
            exec(compile(source, FILE, "exec"), self.names)
        finally:
            self.watch.end()

    def look(self, frame: FrameType) -> None:
        self.looked.append(frame.f_lineno)
