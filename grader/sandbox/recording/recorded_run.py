"""A submission's run, once more, recorded on an engine of the grader's."""

from collections.abc import Callable, Mapping
from contextlib import suppress

from grader.engines.encoding import Malformed
from grader.sandbox.channel import ConnectionClosed, TimedOut
from grader.sandbox.load_result import LoadResult
from grader.sandbox.protocol.limits import Limits
from grader.sandbox.protocol.record_codes import NO_SHIFTS
from grader.sandbox.recording.record import Record
from grader.sandbox.recording.recorded_trace import recorded_trace
from grader.sandbox.submission_run import ProcessLost, SandboxProcess, SubmissionRun
from grader.sandbox.trace import Trace

TRIES = 2
LONGER = 2  # times as long may a run take that is recorded, if it has come to its end before


def recorded_run(
    launch: Callable[[], SandboxProcess],
    request: Mapping[str, object],
    limits: Limits,
    before: LoadResult,
    shifts: Mapping[int, float] = NO_SHIFTS,
) -> Trace | None:
    """Return what a run leaves behind that is recorded.

    Args:
        launch: gives a process that is not used yet.
        request: to run the submission, and to record it.
        limits: what it may use.
        before: the result of its run on its own engine.
        shifts: origin → what is added to the start of a leaf; see `recording.starts`.

    Returns:
        None where it cannot be recorded, or does not come as far as that one; with other starts all
        that there is counts.
    """
    times = 1 if before.ended == "timed out" else LONGER
    limits = limits._replace(load_s=times * limits.load_s)
    request = {**request, "limits": list(limits)}
    for _ in range(TRIES):
        try:
            return _trace_of(SubmissionRun(launch(), limits), request, before, shifts)
        except ConnectionClosed:  # somebody else may have ended it
            continue
        except (TimedOut, Malformed):
            break
    return None


def _trace_of(
    run: SubmissionRun,
    request: Mapping[str, object],
    before: LoadResult,
    shifts: Mapping[int, float],
) -> Trace | None:
    record = Record(shifts)
    try:
        run.begin(request)
        loaded = run.load(record)
        if record.unfit or not (shifts or _comes_as_far(loaded, before)):
            return None
        return recorded_trace(record, run.trace().moments)
    except TimedOut:
        if not shifts:
            raise
        return None if record.unfit else recorded_trace(record, ())
    finally:
        with suppress(ProcessLost):  # what is asked next finds the same, and says it
            run.close()


def _comes_as_far(one: LoadResult, other: LoadResult) -> bool:
    """Return whether a run comes as far as another; what had raised there may be the engine's."""
    return one.ended in ("ran", other.ended) and len(one.mishaps) <= len(other.mishaps)
