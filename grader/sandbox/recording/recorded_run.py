"""A submission's run, once more, recorded on an engine of the grader's."""

from collections.abc import Callable, Mapping
from contextlib import suppress

from grader.engines.encoding import Malformed
from grader.sandbox.channel import ConnectionClosed, TimedOut
from grader.sandbox.load_result import LoadResult
from grader.sandbox.protocol.limits import Limits
from grader.sandbox.recording.elsewhere import Elsewhere
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
    elsewhere: Elsewhere | None = None,
) -> Trace | None:
    """Return what a run leaves behind that is recorded.

    Args:
        launch: gives a process that is not used yet.
        request: to run the submission, and to record it.
        limits: what it may use.
        before: the result of its run on its own engine.
        elsewhere: where its leaves begin, if not where the submission has them begin.

    Returns:
        None where it cannot be recorded, or does not come as far as that one; begun elsewhere, all
        that there is counts.
    """
    times = 1 if before.ended == "timed out" else LONGER
    limits = limits._replace(load_s=times * limits.load_s)
    request = {**request, "limits": list(limits)}
    for _ in range(TRIES):
        try:
            return _trace_of(SubmissionRun(launch(), limits), request, before, elsewhere)
        except ConnectionClosed:  # somebody else may have ended it
            continue
        except (TimedOut, Malformed):
            break
    return None


def _trace_of(
    run: SubmissionRun,
    request: Mapping[str, object],
    before: LoadResult,
    elsewhere: Elsewhere | None,
) -> Trace | None:
    record = Record(elsewhere)
    try:
        run.begin(request)
        loaded = run.load(record)
        if record.unfit or not (elsewhere or _comes_as_far(loaded, before)):
            return None
        return recorded_trace(record, run.trace().moments)
    except TimedOut:
        if not elsewhere:
            raise
        return None if record.unfit else recorded_trace(record, ())
    finally:
        with suppress(ProcessLost):  # what is asked next finds the same, and says it
            run.close()


def _comes_as_far(one: LoadResult, other: LoadResult) -> bool:
    """Return whether a run comes as far as another; what had raised there may be the engine's."""
    return one.ended in ("ran", other.ended) and len(one.mishaps) <= len(other.mishaps)
