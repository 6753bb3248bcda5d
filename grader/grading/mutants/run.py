"""Runs a source of our own in this process, and returns the Trace that a submission would leave.

For solutions and mutants alone: nothing here keeps a student's code away from anything.
"""

from collections.abc import Mapping
from contextlib import redirect_stdout, suppress
from io import TextIOWrapper
from types import FrameType

from grader.sandbox.child import plotting_stubs, script
from grader.sandbox.child.prepare import OutputTape
from grader.sandbox.child.tracing.backward_watch import BackwardWatch
from grader.sandbox.child.tracing.variables import VariableMoments
from grader.sandbox.trace import Trace, trace_from

FILE = "solution.py"
MOST_PRINTED = 1 << 20


def trace_of(source: str, instead: Mapping[str, str] | None = None) -> Trace:
    """Run `source` as a script, and return what it leaves behind by its end or its first error.

    Args:
        source: our own.
        instead: the name of a class → the source of one that takes its place.
    """
    tape = OutputTape(MOST_PRINTED)
    names: dict[str, object] = {"__name__": "__main__"}

    def look_after_pass(frame: FrameType) -> None:
        around = {**frame.f_globals, **frame.f_locals}
        moments.look(f"line {frame.f_lineno}", 0, around, after_pass=True)

    def look(line: int) -> None:
        watch.pause()
        moments.look(f"line {line}", 0, names)

    watch = BackwardWatch(lambda file: FILE if file == FILE else None, look_after_pass, instead)
    moments = VariableMoments(watch.engines, tape.take)
    watch.begin()
    try:
        with plotting_stubs.installed(), redirect_stdout(_text_to(tape)), suppress(Exception):
            script.run(source, FILE, names, script.Watcher(look))
    finally:
        watch.end()
    return trace_from([moments.to_json(), watch.to_json()])


def _text_to(tape: OutputTape) -> TextIOWrapper:
    return TextIOWrapper(tape, "utf-8", write_through=True)  # type: ignore[arg-type]
