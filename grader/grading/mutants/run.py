"""Runs a source of our own in this process, and returns the Trace that a submission would leave.

For solutions and mutants alone: nothing here keeps a student's code away from anything.
"""

from contextlib import redirect_stdout, suppress
from io import TextIOWrapper
from types import FrameType
from typing import Any, Protocol

from grader.sandbox.child import script
from grader.sandbox.child.prepare import OutputTape
from grader.sandbox.child.recording.entries import Unrecordable
from grader.sandbox.child.recording.recorded_watch import RecordedWatch
from grader.sandbox.child.stand_ins import plotting_stubs
from grader.sandbox.child.tracing.backward_watch import BackwardWatch
from grader.sandbox.child.tracing.variables import VariableMoments
from grader.sandbox.recording.elsewhere import Elsewhere
from grader.sandbox.recording.record import Record
from grader.sandbox.recording.recorded_trace import recorded_trace
from grader.sandbox.trace import Trace, trace_from

FILE = "solution.py"
MOST_PRINTED = 1 << 20


def trace_of(source: str) -> Trace:
    """Run `source`, our own, as a script, and return what it leaves behind.

    It runs to its end, or to its first error.
    """
    tape = OutputTape(MOST_PRINTED)
    looks = _Looks(source, tape)
    watch = BackwardWatch(_own_file, looks.after_pass)
    moments = VariableMoments(watch.engines, tape.take)
    looks.run(watch, moments)
    return trace_from([moments.to_json(), watch.to_json()])


def trace_on_right_engine(
    source: str, name: str, *, zeroes: bool = False, elsewhere: Elsewhere | None = None
) -> Trace | None:
    """Run `source` like `trace_of`, recorded on an engine of the grader's.

    Args:
        source: our own.
        name: of the class that gets a stand-in.
        zeroes: whether its `backward` begins with gradients of 0.
        elsewhere: where its leaves begin, if not where the submission has them begin.

    Returns:
        What it leaves behind, None where it cannot be recorded.
    """
    record, tape = Record(elsewhere), OutputTape(MOST_PRINTED)
    looks = _Looks(source, tape)

    def exchange(entries: list[Any], wants: bool) -> Any:
        answer = record.take(entries)
        return answer if wants else None

    watch = RecordedWatch(_own_file, looks.after_pass, name, exchange, zeroes=zeroes)
    moments = VariableMoments(watch.engines, tape.take, watch.describe)
    with suppress(Unrecordable):
        looks.run(watch, moments)
    if record.unfit:
        return None
    return recorded_trace(record, trace_from([moments.to_json(), []]).moments)


class _Watch(Protocol):
    def begin(self) -> None: ...

    def end(self) -> None: ...

    def pause(self) -> None: ...


class _Looks:
    """Runs a source, and has its variables looked at."""

    def __init__(self, source: str, tape: OutputTape) -> None:
        self._source = source
        self._tape = tape
        self._moments: VariableMoments | None = None

    def run(self, watch: _Watch, moments: VariableMoments) -> None:
        self._moments = moments
        names: dict[str, object] = {"__name__": "__main__"}

        def look(line: int) -> None:
            watch.pause()
            moments.look(f"line {line}", 0, names)

        watch.begin()
        output = redirect_stdout(_text_to(self._tape))
        try:
            with plotting_stubs.installed(), output, suppress(Exception):
                script.run(self._source, FILE, names, script.Watcher(look))
        finally:
            watch.end()

    def after_pass(self, frame: FrameType) -> None:
        around = {**frame.f_globals, **frame.f_locals}
        assert self._moments is not None
        self._moments.look(f"line {frame.f_lineno}", 0, around, after_pass=True)


def _own_file(file: str) -> str | None:
    return FILE if file == FILE else None


def _text_to(tape: OutputTape) -> TextIOWrapper:
    return TextIOWrapper(tape, "utf-8", write_through=True)  # type: ignore[arg-type]
