"""The run of a submission with every package that is installed, beside the one that is asked.

Who imports torch to compare with it, or for its data, is shown as it runs with torch. Nothing of
that process is asked: it has ended before the first Program is put to the other.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import NamedTuple

from grader.sandbox.load_result import LoadResult
from grader.sandbox.protocol.limits import Limits
from grader.sandbox.restarts import RestartedRun
from grader.sandbox.submission_run import LINE_FAULTS, ProcessLost, SandboxProcess
from grader.sandbox.trace import Trace


class FullRun(NamedTuple):
    """A run with every package.

    Attributes:
        loaded: what came of it.
        trace: what it left in variables, and its trainings.
        request: to run it again as far.
        killed: why the grader is at fault for what it has not come to; "" where it is not.
    """

    loaded: LoadResult
    trace: Trace
    request: Mapping[str, object]
    killed: str


def full_run(
    launch: Callable[[], SandboxProcess],
    request: Mapping[str, object],
    limits: Limits,
    *,
    hastily: bool,
) -> FullRun:
    """Run a submission with every package, and end its process.

    Args:
        launch: gives a process that is not used yet.
        request: to run the submission.
        limits: what it may use.
        hastily: whether a limit on time that is reached is a TakesLong.

    Raises:
        TakesLong: it has not come to an end, and was asked in haste.
    """
    run = RestartedRun(launch, request, limits)
    run.hastily = hastily
    try:
        loaded = run.load()
        return FullRun(loaded, _trace_of(run), run.request, run.killed)
    finally:
        with suppress(ProcessLost):  # what is asked next finds the same, and says it
            run.close()


def _trace_of(run: RestartedRun) -> Trace:
    if run.current is None:
        return Trace()
    try:
        return run.current.trace()
    except LINE_FAULTS:
        return Trace()


def seen_with_all(asked: LoadResult, full: LoadResult) -> LoadResult:
    """Return how a run went with every package, and the classes of the process that is asked."""
    return full._replace(
        candidates=asked.candidates, versioned=asked.versioned, withheld=asked.withheld
    )
