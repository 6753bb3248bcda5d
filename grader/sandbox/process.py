"""A process that will run one submission, as every way of making one gives it."""

from typing import Protocol

from grader.sandbox.channel import Channel
from grader.sandbox.usage import Usage


class ProcessLost(Exception):
    """A process is gone with what had made it; the submission may not be the cause."""


class SandboxProcess(Protocol):
    """A process that will run one submission.

    Attributes:
        channel: the line to it.
        start_s: seconds that it may take to get ready.
        grace_s: seconds that running the submission may take beyond its own.
    """

    channel: Channel
    start_s: float
    grace_s: float

    def end(self, patience_s: float = 0.0) -> int | None:
        """End the process, and everything in its group.

        Args:
            patience_s: how long to wait for it to end by itself.

        Returns:
            Its exit status, negative for a signal; None where it did not end by itself.

        Raises:
            ProcessLost: what had made it is gone, too.
        """
        ...

    def cpu_s(self) -> float | None:
        """Return the seconds of CPU that it has used, None where that is not known."""
        ...

    def usage(self) -> Usage:
        """Return the usage of the process, as far as that is known; also when it has ended."""
        ...
