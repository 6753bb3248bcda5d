"""The live way: a copy of the running kernel answers, made by the system in a few milliseconds."""

import os
import socket
from contextlib import suppress
from warnings import catch_warnings

from grader.errors import Misused
from grader.sandbox.channel import Channel
from grader.sandbox.child.kernel_copy_main import Live, answer
from grader.sandbox.interpreter import end_group, ended_by_itself
from grader.sandbox.usage import Usage, cpu_s, usage_of


class NoCopy(Misused):
    """The system cannot copy a running process."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"this kernel cannot be copied, to be asked apart from your own: {reason}",
            hint="save the notebook, and grade that: %grade … --fresh",
        )


class Copy:
    """A copy of this process, as `subprocess.Popen` has processes."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Reap it if it has ended, and return its exit status."""
        return self._reaped(os.WNOHANG)

    def kill(self) -> None:
        """Kill it."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, 9)

    def wait(self) -> int:
        """Wait for its end, and reap it."""
        status = self._reaped(0)
        assert status is not None
        return status

    def _reaped(self, how: int) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, how)
            self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode


class Fork:
    """A copy of the kernel that answers with what the kernel holds."""

    start_s = 10.0
    grace_s = 1.0

    def __init__(self, live: Live) -> None:
        """Copy this process.

        Raises:
            NoCopy: the system cannot, or will not.
        """
        if not hasattr(os, "fork"):
            raise NoCopy("Windows has no such thing")
        ours, theirs = socket.socketpair()
        try:
            with catch_warnings(action="ignore"):  # of threads, which the copy does not need
                pid = os.fork()
        except OSError as error:
            ours.close()
            theirs.close()
            raise NoCopy(error.strerror or str(error)) from error
        if pid == 0:
            ours.close()
            answer(theirs, live)
        theirs.close()
        self._process = Copy(pid)
        self.channel = Channel(ours.makefile("rb"), ours.makefile("wb"))
        ours.close()  # the two files keep it open

    def cpu_s(self) -> float | None:
        """Return the seconds of CPU that the process has used; see `subject.World`."""
        return cpu_s(self._process.pid) if self._process.returncode is None else None

    def usage(self) -> Usage:
        """Return what the copy has used; see `subject.World`."""
        return usage_of(self._process.pid) if self._process.returncode is None else Usage()

    def end(self, patience_s: float = 0.0) -> int | None:
        """End the copy and all that it started in its group; see `subject.World`."""
        if self._process.returncode is not None:
            return self._process.returncode
        own = ended_by_itself(self._process, patience_s)
        self._process.kill()  # it may not have a group of its own yet
        end_group(self._process)
        self.channel.close()
        return own
