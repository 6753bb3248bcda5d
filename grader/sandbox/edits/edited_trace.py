"""What an edited submission's own run leaves behind, in a process of its own."""

from collections.abc import Callable, Mapping
from contextlib import suppress

from grader.sandbox.load_result import LoadResult
from grader.sandbox.protocol.limits import Limits
from grader.sandbox.recording.recorded_run import recorded_run
from grader.sandbox.submission_run import LINE_FAULTS, ProcessLost, SandboxProcess, SubmissionRun
from grader.sandbox.trace import Trace

MOST_S = 1.0  # of CPU; a run that takes longer is not tried with edits of it


def edited_trace(
    launch: Callable[[], SandboxProcess],
    request: Mapping[str, object],
    limits: Limits,
    before: LoadResult,
) -> Trace | None:
    """Return what an edited run leaves behind, None where it does not come as far as the other.

    Args:
        launch: gives a process that is not used yet.
        request: to run the edited submission, and to record it where it says so.
        limits: what it may use.
        before: the result of the submission's run as it is.
    """
    limits = limits._replace(load_s=min(limits.load_s, MOST_S))
    if "record" in request:
        return recorded_run(launch, request, limits, before)
    run = SubmissionRun(launch(), limits)
    try:
        run.begin({**request, "limits": list(limits)})
        return run.trace() if run.load().ended == before.ended else None
    except LINE_FAULTS:
        return None
    finally:
        with suppress(ProcessLost):
            run.close()
