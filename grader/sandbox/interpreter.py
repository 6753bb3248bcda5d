"""The local way: a fresh interpreter for each submission, with limits and a deadline.

An interpreter can be started before it is known what it will run, so that it is ready by the time
the command line has been read.
"""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from time import sleep
from typing import Protocol

from grader.sandbox.channel import Channel, Timeout
from grader.sandbox.usage import Usage, cpu_s, usage_of

LOOK_AGAIN_S = 0.002
ROOT = Path(__file__).parent.parent.parent
BOOT = (
    "import sys; sys.path.append(sys.argv[1]);"
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

    start_s = 10.0
    grace_s = 1.0

    def __init__(self, process: Process, channel: Channel) -> None:
        self._process = process
        self.channel = channel

    def cpu_s(self) -> float | None:
        """Return the seconds of CPU that the process has used, None where it has ended."""
        return cpu_s(self._process.pid) if self._process.returncode is None else None

    def usage(self) -> Usage:
        """Return the usage of the process, nothing where it has ended."""
        return usage_of(self._process.pid) if self._process.returncode is None else Usage()

    def end(self, patience_s: float = 0.0) -> int | None:
        """End the process and all that it started in its group; see `SandboxProcess`."""
        if self._process.returncode is not None:
            return self._process.returncode
        own = ended_by_itself(self._process, patience_s)
        self._end_group()
        self.channel.close()
        return own

    def _end_group(self) -> None:
        end_group(self._process)


class Interpreter(LocalProcess):
    """A fresh Python process that will run one submission."""

    def __init__(self) -> None:
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", BOOT, str(ROOT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
            start_new_session=True,
        )
        assert process.stdin
        assert process.stdout
        super().__init__(process, Channel(process.stdout, process.stdin))  # type: ignore[arg-type]

    def kill(self) -> None:
        """Kill it from another thread; whoever talks to it finds the line closed, and ends it."""
        with suppress(ProcessLookupError):
            self._process.kill()


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
