"""Has the run of a submission recorded: the stand-in's entries go over the line as it runs.

Runs in the student's process.
"""

from collections.abc import Callable, Mapping
from os import _exit
from types import FrameType
from typing import Any, Protocol

from grader.sandbox.child.recording.recorded_watch import RecordedWatch
from grader.sandbox.child.tracing.variables import VariableMoments
from grader.sandbox.protocol.wire import LOST_LINE


class Line(Protocol):
    """The line to the grader."""

    def send(self, message: Mapping[str, object]) -> None:
        """Send one reply."""
        ...

    def receive(self) -> dict[str, Any] | None:
        """Return the next message, None where the line has closed."""
        ...


class GivesOutput(Protocol):
    """The tape on which output is kept."""

    def take(self) -> str:
        """Return what has been kept since this was last called."""
        ...


class Watchable(Protocol):
    """The part of `main.LoadedSubmission` that is recorded."""

    watch: Any
    moments: VariableMoments

    @property
    def tape(self) -> GivesOutput:
        """Where what is printed is kept."""
        ...

    @property
    def student_file(self) -> Callable[[str], str | None]:
        """See `execute.Implementation`."""
        ...

    @property
    def look_after_pass(self) -> Callable[[FrameType], None]:
        """Read the variables around the first pass of a training."""
        ...


def begin(submission: Watchable, line: Line, request: Mapping[str, Any]) -> None:
    """Put a watch that records in the place of the usual one."""
    id_, (name, zeroes) = request["id"], request["record"]

    def exchange(entries: list[Any], wants: bool) -> Any:
        line.send({"id": id_, "entries": entries, "wants": wants})
        if not wants:
            return None
        answer = line.receive()
        if answer is None:
            _exit(LOST_LINE)
        return answer["answer"]

    watch = RecordedWatch(
        submission.student_file, submission.look_after_pass, name, exchange, zeroes=zeroes
    )
    submission.watch = watch
    submission.moments = VariableMoments(watch.engines, submission.tape.take, watch.describe)
