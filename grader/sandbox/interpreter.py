"""The local way: a fresh interpreter for each submission, with limits and a deadline.

An interpreter can be started before it is known what it will run, so that it is ready by the time
the command line has been read.
"""

import os
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep
from typing import Any, BinaryIO, Protocol, cast

from grader.sandbox.channel import Channel, Timeout
from grader.sandbox.usage import Usage, cpu_s, queued_s, usage_of

LOOK_AGAIN_S = 0.002
STANDARD_ERROR = 2
ENDING = ("SIGINT", "SIGTERM", "SIGHUP")
ROOT = Path(__file__).parent.parent.parent
BOOT = (
    "import gc, sys; gc.disable(); sys.path.append(sys.argv[1]);"
    "from grader.sandbox.child.main import main; sys.argv[:] = ['']; main()"
)
KEPT = ("PATH", "HOME", "USER", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "SYSTEMROOT", "TEMP")
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class Process(Protocol):
    """A child process, as `subprocess.Popen` has it."""

    @property
    def pid(self) -> int:
        """Its number, and that of its group."""
        ...

    @property
    def returncode(self) -> int | None:
        """Its exit status, negative for a signal, once it has been reaped."""
        ...

    def poll(self) -> int | None:
        """Reap it if it has ended, and return its exit status."""
        ...

    def kill(self) -> None:
        """Kill it."""
        ...

    def wait(self) -> int:
        """Wait for its end, and reap it."""
        ...


class LocalProcess:
    """A process of this machine with a group of its own, as a `SandboxProcess`."""

    start_s = 60.0  # of our own code alone, so long that no busy machine is taken for a broken one
    grace_s = 0.5

    def __init__(self, process: Process, channel: Channel) -> None:
        self._process = process
        self.channel = channel

    def cpu_s(self) -> float | None:
        """Return the seconds of CPU that the process has used, None where it has ended."""
        return cpu_s(self._process.pid) if self._process.returncode is None else None

    def queued_s(self) -> float:
        """Return how long the process has stood in the queue for a processor; see `Meter`."""
        return queued_s(self._process.pid) if self._process.returncode is None else 0.0

    def usage(self) -> Usage:
        """Return the usage of the process, nothing where it has ended."""
        return usage_of(self._process.pid) if self._process.returncode is None else Usage()

    def end(self, patience_s: float = 0.0) -> int | None:
        """End the process and all that it started in its group; see `SandboxProcess`."""
        if self._process.returncode is not None:
            return self._process.returncode
        try:
            return ended_by_itself(self._process, patience_s)
        finally:
            self._end_group()
            self.channel.close()

    def _end_group(self) -> None:
        end_group(self._process)


class Interpreter(LocalProcess):
    """A fresh Python process that will run one submission."""

    def __init__(self) -> None:
        words = [sys.executable, "-I", "-S", "-c", BOOT, str(ROOT)]
        process, replies, requests = spawned(words, environment())
        super().__init__(process, Channel(replies, requests))

    def kill(self) -> None:
        """Kill it from another thread; whoever talks to it finds the line closed, and ends it."""
        with suppress(ProcessLookupError):
            self._process.kill()


class SpawnedProcess:
    """A process of this machine, as a `Process`, for which `subprocess` need not be imported.

    That import takes 3 ms, as long as thirty Programs.
    """

    def __init__(
        self, words: list[str], environment: Mapping[str, str], files: Sequence[tuple[Any, ...]]
    ) -> None:
        """Start it, in a session of its own.

        Args:
            words: the program, and what it is given.
            environment: all of it.
            files: what becomes of descriptors, as `os.posix_spawn` wants it.

        Raises:
            OSError: it cannot be started.
        """
        self.returncode: int | None = None
        self.pid = os.posix_spawn(
            words[0],
            words,
            environment,
            file_actions=files,
            setsid=True,
            setsigdef=[signal.SIGPIPE, signal.SIGXFSZ],  # which Python ignores
        )

    def poll(self) -> int | None:
        """Reap it if it has ended, and return its exit status."""
        return self._reap(os.WNOHANG)

    def wait(self) -> int:
        """Wait for its end, and reap it."""
        status = self._reap(0)
        assert status is not None
        return status

    def kill(self) -> None:
        """Kill it."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)

    def _reap(self, options: int) -> int | None:
        if self.returncode is None:
            try:
                pid, status = os.waitpid(self.pid, options)
            except ChildProcessError:  # somebody else has reaped it, who alone knows its status
                self.returncode = 0
            else:
                self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode


def spawned(words: list[str], environment: Mapping[str, str]) -> tuple[Process, BinaryIO, BinaryIO]:
    """Start a program in a session of its own; return it, what it writes, and what it reads."""
    inherited = _inheritable()
    ends = *os.pipe(), *os.pipe()
    if inherited is None or min(ends) <= STANDARD_ERROR:  # ours is closed, and its number taken
        _close(*ends)
        return _opened(words, environment)
    reads_requests, requests, replies, writes_replies = ends
    files = [
        (os.POSIX_SPAWN_DUP2, reads_requests, 0),
        (os.POSIX_SPAWN_DUP2, writes_replies, 1),
        (os.POSIX_SPAWN_OPEN, STANDARD_ERROR, os.devnull, os.O_WRONLY, 0),
        *((os.POSIX_SPAWN_CLOSE, descriptor) for descriptor in inherited),
    ]
    try:
        process = SpawnedProcess(words, environment, files)
    except OSError:
        _close(requests, replies)
        raise
    finally:
        _close(reads_requests, writes_replies)
    return process, os.fdopen(replies, "rb"), os.fdopen(requests, "wb")


def _close(*descriptors: int) -> None:
    for descriptor in descriptors:
        os.close(descriptor)


def _inheritable() -> list[int] | None:
    """Return the descriptors that a program would inherit, None where the system does not tell."""
    if sys.platform != "linux":
        return None
    found = []
    try:
        for descriptor in map(int, os.listdir("/proc/self/fd")):
            with suppress(OSError):  # it was there to list the folder
                if descriptor > STANDARD_ERROR and os.get_inheritable(descriptor):
                    found.append(descriptor)
    except OSError:
        return None
    return found


def _opened(words: list[str], environment: Mapping[str, str]) -> tuple[Process, BinaryIO, BinaryIO]:
    """Do what `spawned` does, by what there is on every system."""
    import subprocess

    process: Any = subprocess.Popen(
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    return cast("Process", process), process.stdout, process.stdin


def ended_by_itself(process: Process, patience_s: float) -> int | None:
    """Return the exit status of a process that ends within `patience_s`, None where it does not.

    It is not reaped, so that the number of its group stays taken.
    """
    deadline = Timeout(patience_s)
    while (status := _status(process)) is None and deadline.left():
        sleep(LOOK_AGAIN_S)
    return status


def _status(process: Process) -> int | None:
    if process.returncode is not None or not hasattr(os, "waitid"):
        return process.poll()
    flags = os.WEXITED | os.WNOHANG | os.WNOWAIT
    ended = os.waitid(os.P_PID, process.pid, flags)
    if ended is None:
        return None
    return ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status


def end_group(process: Process) -> None:
    """Kill a process and all that it started in its group, and reap it."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):  # nothing is left in the group
            os.killpg(process.pid, 9)
    else:
        process.kill()
    process.wait()


@contextmanager
def held_signals() -> Iterator[None]:
    """Have signals wait that would raise something while a process is started, or taken down.

    Between its start and the moment at which somebody holds it, it would be left behind. Ctrl-C is
    one, and so is what `cli.signals` hears; only the main thread is told of any.
    """
    import threading  # the local way has no need of it

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    numbers = (getattr(signal, name) for name in ENDING if hasattr(signal, name))
    raising = {number: signal.getsignal(number) for number in numbers}
    raising = {number: handler for number, handler in raising.items() if callable(handler)}
    for number in raising:
        signal.signal(number, lambda number, _: came.append(number))
    try:
        yield
    finally:
        for number, handler in raising.items():
            signal.signal(number, handler)
        for number in came:
            signal.raise_signal(number)


def environment() -> dict[str, str]:
    """Return an environment without secrets, in which numeric libraries keep to one thread."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return kept | dict.fromkeys(ONE_THREAD, "1") | {"MPLBACKEND": "Agg"}


def site_folders() -> list[str]:
    """Return the folders of installed packages, as this interpreter finds them."""
    standard = {os.path.dirname(os.__file__), os.path.dirname(os.__file__) + "/lib-dynload"}
    return [
        entry
        for entry in sys.path
        if entry
        and os.path.isdir(entry)
        and entry not in standard
        and ("site-packages" in entry or "dist-packages" in entry or _is_package_folder(entry))
    ]


def _is_package_folder(entry: str) -> bool:
    """Return whether a folder on the path is neither the grader's own nor the current one."""
    return os.path.realpath(entry) != str(ROOT) and entry != os.getcwd()
