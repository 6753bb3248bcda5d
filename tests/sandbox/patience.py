"""Has the grader end soon what cannot be interrupted: what comes of it is the same, and costs less.

Nothing that is graded here takes as long by itself.
"""

from collections.abc import Callable, Sequence

from grader.sandbox.submission_run import SandboxProcess

GRACE_S = 0.1  # of CPU, after the time that a submission has


def hasty(launch: Callable[..., SandboxProcess]) -> Callable[..., SandboxProcess]:
    """Return a maker of the same processes, with which the grader has little patience."""

    def launched(*without: Sequence[str]) -> SandboxProcess:
        process = launch(*without)
        process.grace_s = GRACE_S
        return process

    return launched
