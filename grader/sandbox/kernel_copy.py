"""The live way: a copy of the running kernel answers, made by the system in a few milliseconds."""

import os
import socket
from contextlib import suppress
from warnings import catch_warnings

from grader.errors import Misused
from grader.sandbox.channel import Channel
from grader.sandbox.child.kernel_copy_main import LiveNotebook, answer
from grader.sandbox.interpreter import LocalProcess


class NoCopy(Misused):
    """The system cannot copy a running process."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"this kernel cannot be copied, to be asked apart from your own: {reason}",
            hint="save the notebook, and grade that: %grade … --fresh",
        )


class CopiedProcess:
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


class KernelCopy(LocalProcess):
    """A copy of the kernel that answers with what the kernel holds."""

    def __init__(self, live: LiveNotebook) -> None:
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
        super().__init__(CopiedProcess(pid), Channel(ours.makefile("rb"), ours.makefile("wb")))
        ours.close()  # the two files keep it open

    def _end_group(self) -> None:
        self._process.kill()  # it may not have a group of its own yet
        super()._end_group()
