"""The zygote: a warm interpreter behind walls, which forks one child for each submission.

Runs on the far side, and knows neither oracles nor exercises. It has one thread, and one line to
the grader; what it forks has a line of its own, and never sees the zygote's.
"""

import array
import gc
import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from json import dumps, loads
from typing import NamedTuple

from grader.subject import child, jail, landlock, linux, walls
from grader.subject.walls import InUse, Limits

LARGEST = 1 << 16
SCRATCH_MB = 16
LINE = (0, 1)
STANDARD = 3  # descriptors, which stay: the line and, for errors, nothing


class Walls(NamedTuple):
    """What stands around every child of a zygote.

    Attributes:
        own_root: whether it has namespaces of its own, and a root folder with little in it.
        files: which files may be touched; None where the kernel does not guard them.
        calls: the filter of system calls.
        used: what the zygote uses by itself.
        pids: the namespace of the zygote's own children.
    """

    own_root: bool
    files: landlock.Ruleset | None
    calls: bytes
    used: InUse | None
    pids: int


class _Child(NamedTuple):
    """A child that runs: its number here, and what tells when it ends."""

    pid: int
    ended: int


def main() -> None:
    """Put up the walls, say how they stand, and serve until the line closes."""
    control = socket.socket(fileno=os.dup(0))
    request = loads(control.recv(LARGEST))
    linux.die_with_parent(signal.SIGKILL)
    sys.path += request["site"]
    from grader.subject import syscalls  # its library lies among the installed packages

    _warm(request["warm"])
    used = walls.in_use()
    seen = jail.view(request["site"])
    jail.leave_the_others()
    _become_the_first()
    pids = os.open("/proc/self/ns/pid_for_children", os.O_RDONLY | os.O_CLOEXEC)
    jail.build(seen, request["folder"])
    files = landlock.Ruleset(
        [
            *((path, landlock.READ) for path in (*seen.shown, *jail.FILES)),
            *((path, landlock.READ | landlock.WRITE_FILE) for path in jail.DEVICES),
        ]
    )
    stand = Walls(True, files, syscalls.program(), used, pids)
    gc.collect()
    gc.freeze()
    control.send(dumps({"ready": True}).encode())
    _Server(control, stand).run()


def _warm(modules: list[str]) -> None:
    for name in modules:
        __import__(name)


def _become_the_first() -> None:
    """Go on as the first process of the new namespace, and let the old process wait for its end."""
    pid = os.fork()
    if pid:
        _, status = os.waitpid(pid, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    linux.die_with_parent(signal.SIGKILL)


class _Server:
    """Forks children when it is told to, and says how they ended."""

    def __init__(self, control: socket.socket, stand: Walls) -> None:
        self._control = control
        self._stand = stand
        self._children: dict[int, _Child] = {}
        self._poll = select.poll()
        self._poll.register(control, select.POLLIN)

    def run(self) -> None:
        """Serve until the grader closes the line."""
        while True:
            for descriptor, _ in self._poll.poll():
                if descriptor in self._children:
                    self._report(self._children.pop(descriptor))
                elif not self._fork():
                    return

    def _fork(self) -> bool:
        _, descriptors, _, _ = socket.recv_fds(self._control, LARGEST, 1)
        if not descriptors:
            return False
        (line,) = descriptors
        linux.unshare(linux.NEW_PIDS)
        pid = os.fork()
        if pid == 0:
            _become_a_child(line, self._stand)
        linux.enter(self._stand.pids, linux.NEW_PIDS)
        os.close(line)
        ended = os.pidfd_open(pid)
        self._children[ended] = _Child(pid, ended)
        self._poll.register(ended, select.POLLIN)
        fds = array.array("i", [ended])
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, fds)]
        self._control.sendmsg([dumps({"begun": pid}).encode()], rights)
        return True

    def _report(self, one: _Child) -> None:
        self._poll.unregister(one.ended)
        os.close(one.ended)
        _, status, used = os.wait4(one.pid, 0)
        report = {
            "ended": one.pid,
            "status": os.waitstatus_to_exitcode(status),
            "cpu_s": round(used.ru_utime + used.ru_stime, 4),
            "peak_kb": used.ru_maxrss,
        }
        self._control.send(dumps(report).encode())


def _become_a_child(line: int, stand: Walls) -> None:
    """Run one submission in this process, which has just been forked, and end it."""
    try:
        for end in LINE:
            os.dup2(line, end)
        _close_the_rest(stand)
        jail.own_scratch(SCRATCH_MB)
        child.main(_confining(stand))
    except BaseException:  # nothing of the zygote's goes on in a child
        os._exit(1)


def _close_the_rest(stand: Walls) -> None:
    """Close what was inherited; the ruleset is needed once more."""
    first = STANDARD
    if stand.files is not None:
        os.closerange(first, stand.files.descriptor)
        first = stand.files.descriptor + 1
    os.closerange(first, 1 << 16)


def _confining(stand: Walls) -> Callable[[Limits], None]:
    def confine(limits: Limits) -> None:
        walls.confine(limits, stand.used)
        linux.drop_capabilities()
        linux.gain_nothing()
        linux.hide_memory()
        if stand.files is not None:
            stand.files.allow(jail.SCRATCH, landlock.FULL)
            stand.files.restrict()
            os.close(stand.files.descriptor)
        linux.filter_calls(stand.calls)

    return confine


if __name__ == "__main__":
    sys.exit("started by the grader alone")
