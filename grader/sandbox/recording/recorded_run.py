"""A submission's run, once more, recorded on an engine of the grader's."""

from collections.abc import Mapping

from grader.sandbox.load_result import LoadResult
from grader.sandbox.protocol.limits import Limits
from grader.sandbox.recording.record import Record
from grader.sandbox.recording.recorded_trace import recorded_trace
from grader.sandbox.submission_run import LINE_FAULTS, ProcessLost, SandboxProcess, SubmissionRun
from grader.sandbox.trace import Trace

LONGER = 2  # times as long may a run take that is recorded, if it has come to its end before


def recorded_run(
    process: SandboxProcess, request: Mapping[str, object], limits: Limits, before: LoadResult
) -> Trace | None:
    """Return what a run leaves behind that is recorded.

    Args:
        process: one that is not used yet.
        request: to run the submission, and to record it.
        limits: what it may use.
        before: the result of its run on its own engine.

    Returns:
        None where it does not come as far as that one, or cannot be recorded.
    """
    times = 1 if before.ended == "timed out" else LONGER
    limits = limits._replace(load_s=times * limits.load_s)
    run, record = SubmissionRun(process, limits), Record()
    run.begin({**request, "limits": list(limits)})
    try:
        loaded = run.load(record)
        if record.unfit or not _comes_as_far(loaded, before):
            return None
        return recorded_trace(record, run.trace().moments)
    except LINE_FAULTS:
        return None
    finally:
        _close(run)


def _close(run: SubmissionRun) -> None:
    try:
        run.close()
    except ProcessLost:  # what is asked next finds the same, and says it
        return


def _comes_as_far(one: LoadResult, other: LoadResult) -> bool:
    """Return whether a run comes as far as another; what had raised there may be the engine's."""
    return one.ended in ("ran", other.ended) and len(one.mishaps) <= len(other.mishaps)
