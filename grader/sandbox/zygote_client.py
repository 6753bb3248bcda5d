"""The grader's side of a zygote: starts it, has it fork, and ends what it forked."""

import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from json import dumps, loads
from select import POLLIN, poll
from signal import SIGKILL, pidfd_send_signal
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from grader.sandbox.channel import Channel, Timeout
from grader.sandbox.interpreter import ROOT, environment, held_signals
from grader.sandbox.protocol.limits import Tier
from grader.sandbox.submission_run import ProcessLost
from grader.sandbox.usage import Usage, cpu_s, pid_of, queued_s, usage_of
from grader.sandbox.walls.tiers import Layer

BOOT = (
    "import sys; sys.path.append(sys.argv[1]);"
    "from grader.sandbox.walls.zygote import main; sys.argv[:] = ['']; main()"
)
LARGEST = 1 << 16
START_S = 120.0  # by the clock, so long that no busy machine is taken for a broken one
REPORT_S = 60.0  # the same
END_S = 5.0


class ChildExit(NamedTuple):
    """The exit of a child: its status, and its usage."""

    status: int
    cpu_s: float
    peak_kb: int


class ZygoteClient:
    """A zygote, as the grader holds it.

    Attributes:
        isolation: the tier of the walls around what it forks.
        layers: each wall, and why it does not stand.
    """

    def __init__(
        self,
        site: Sequence[str],
        *,
        at_most: Tier = "full",
        warm: Sequence[str] = (),
        ask: bool = False,
    ) -> None:
        """Start a zygote.

        Args:
            site: the folders where packages are installed.
            at_most: the tier to build, if this machine lets it be built.
            warm: modules to import before anything is forked.
            ask: whether it is only to say which walls stand, and to end.

        Raises:
            ProcessLost: it does not start.
        """
        self._exits: dict[int, ChildExit] = {}
        request = {"site": list(site), "warm": list(warm), "at_most": at_most, "ask": ask}
        try:
            with ExitStack() as built:
                with held_signals():
                    self._start()
                    built.callback(self.close)
                self._control.send(dumps(request | {"folder": self._folder.name}).encode())
                message, _ = self._receive(Timeout(START_S))
                built.pop_all()
        except OSError as error:
            raise ProcessLost from error
        self.isolation: Tier = message["isolation"]
        self.layers = [Layer(*layer) for layer in message["layers"]]

    def _start(self) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._folder = TemporaryDirectory(prefix="grade-", ignore_cleanup_errors=True)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", BOOT, str(ROOT)],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=None if os.environ.get("GRADE_TRACEBACK") else subprocess.DEVNULL,
                env=environment(),
                start_new_session=True,
            )

    def fork(self, without: Sequence[str] = ()) -> "ZygoteChild":
        """Return a new child, behind its walls.

        Args:
            without: packages that it is not to have, by their top-level names.

        Raises:
            ProcessLost: the zygote has died.
        """
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                message = " ".join(["fork", *without]).encode()
                socket.send_fds(self._control, [message], [theirs.fileno()])
            told, descriptors = self._receive(Timeout(REPORT_S))
            while "begun" not in told:
                told, descriptors = self._receive(Timeout(REPORT_S))
        except (OSError, ProcessLost) as error:
            ours.close()
            raise ProcessLost from error
        return ZygoteChild(self, told["begun"], descriptors[0], ours)

    def exit_of(self, pid: int) -> ChildExit:
        """Return the exit of a child that has just been killed, or has ended by itself.

        Raises:
            ProcessLost: the zygote has died.
        """
        deadline = Timeout(REPORT_S)
        while pid not in self._exits:
            self._receive(deadline)
        return self._exits.pop(pid)

    def close(self) -> None:
        """End the zygote and all that it forked."""
        with held_signals():
            self._control.close()
            try:
                self._process.wait(END_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._folder.cleanup()

    def _receive(self, deadline: Timeout) -> tuple[dict[str, Any], list[int]]:
        if self._control.fileno() < 0:  # it has been closed, and a child was still held
            raise ProcessLost
        watched = poll()
        watched.register(self._control, POLLIN)
        if not watched.poll(deadline.left() * 1000):
            raise ProcessLost
        try:
            body, descriptors, _, _ = socket.recv_fds(self._control, LARGEST, 1)
        except OSError as error:
            raise ProcessLost from error
        if not body:
            raise ProcessLost
        message = loads(body)
        if "ended" in message:
            pid = message.pop("ended")
            self._exits[pid] = ChildExit(**message)
        return message, descriptors


class ZygoteChild:
    """A forked process that will run one submission; a `submission_run.SandboxProcess`."""

    start_s = 60.0  # of our own code alone, so long that no busy machine is taken for a broken one
    grace_s = 0.5

    def __init__(self, zygote: ZygoteClient, pid: int, handle: int, line: socket.socket) -> None:
        self._zygote = zygote
        self._pid = pid  # in the zygote's namespace
        self._number = pid_of(handle)
        self._handle = handle
        self._exit: ChildExit | None = None
        self._has_ended = False
        self.channel = Channel(line.makefile("rb"), line.makefile("wb"))
        line.close()  # the two files keep it open

    def cpu_s(self) -> float | None:
        """Return the seconds of CPU that the process has used; see `SandboxProcess`."""
        return cpu_s(self._number) if self._exit is None else self._exit.cpu_s

    def queued_s(self) -> float:
        """Return how long the process has stood in the queue for a processor; see `Meter`."""
        return queued_s(self._number) if self._exit is None else 0.0

    def usage(self) -> Usage:
        """Return the usage of the process; see `SandboxProcess`."""
        if self._exit is None:
            return usage_of(self._number)
        return Usage(self._exit.cpu_s, self._exit.peak_kb)

    def end(self, patience_s: float = 0.0) -> int | None:
        """End the process and everything that it started; see `SandboxProcess`."""
        if self._has_ended:
            return self._exit.status if self._exit else None
        self._has_ended = True
        watched = poll()
        watched.register(self._handle, POLLIN)
        by_itself = bool(watched.poll(patience_s * 1000))
        if not by_itself:
            with suppress(ProcessLookupError):  # it has ended since, and been reaped
                pidfd_send_signal(self._handle, SIGKILL)
        try:
            self._exit = self._zygote.exit_of(self._pid)
        finally:
            os.close(self._handle)
            self.channel.close()
        return self._exit.status if by_itself else None
