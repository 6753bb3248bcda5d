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
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from json import dumps, loads
from typing import Any, NamedTuple

from grader.sandbox.child import main as child
from grader.sandbox.child import resource_limits, run_queue
from grader.sandbox.child.builtins_guard import BuiltinsGuard
from grader.sandbox.child.prepare import forget_modules
from grader.sandbox.child.resource_limits import BaselineUse
from grader.sandbox.protocol.limits import Limits, Tier
from grader.sandbox.walls import (
    deleted_files,
    jail,
    landlock,
    linux_calls,
    scratch,
    tiers,
    unprivileged_user,
)
from grader.sandbox.walls.package_places import Places, package_folders, package_places

IS_ROOT = os.getuid() == 0
LARGEST = 1 << 16
SHELL = "grader.sandbox.child.notebook"
RECORDING = "grader.sandbox.child.recording.begin"
WITHHELD = "grader.sandbox.child.stand_ins.withheld_packages"
FORK = b"fork"
LINE = (0, 1)
STANDARD = 3  # descriptors: what is said on 2 goes nowhere
OUT_OF_THE_WAY = 255  # the last that a submission may have


class Walls(NamedTuple):
    """The walls around every child of a zygote.

    Attributes:
        tier: what they come to.
        layers: each wall, and why it does not stand.
        allowed: folders and files, and what may be done with them; none where the kernel does not
            guard files.
        calls: the filter of system calls; empty where there is none.
        threadless: the same, for who cannot be kept from starting too many threads.
        used: what the zygote uses by itself.
        pids: the namespace of the zygote's own children, where it has one.
        folder: where scratch folders are made, where children have no root of their own.
        rules: what may be touched, where that is the same for all children.
        proc: a descriptor of /proc as it is outside, -1 where there is none.
        packages: the folders where there are packages to be seen.
        view: what of the machine is to be seen.
    """

    tier: Tier
    layers: list[tiers.Layer]
    allowed: tuple[tuple[str, int], ...]
    calls: bytes
    used: BaselineUse | None
    pids: int
    folder: str
    threadless: bytes
    rules: landlock.Ruleset | None = None
    proc: int = -1
    packages: tuple[str, ...] = ()
    view: jail.JailView = jail.NOTHING


class _Withheld(NamedTuple):
    """Packages that a child is not to have: where they lie, and what may be touched without them.

    The rules are made once: a folder of packages can have hundreds of entries.
    """

    places: Places
    rules: landlock.Ruleset | None


class _ForkRequest(NamedTuple):
    """A child to fork: its line, and the packages that it is not to have."""

    line: int
    withheld: _Withheld


class _Child(NamedTuple):
    """A child that runs: its number here, what tells when it ends, its folder outside a jail."""

    pid: int
    ended: int
    folder: str


def main() -> None:
    """Put up the walls, say how they stand, and serve until the line closes."""
    control = socket.socket(fileno=os.dup(0))
    request = loads(control.recv(LARGEST))
    linux_calls.die_with_parent(signal.SIGKILL)
    sys.path += request["site"]
    _warm([*request["warm"], RECORDING, WITHHELD])
    install = child.load_stand_ins()
    walls = _put_up(request, _filter(), _filter(threads=False) if IS_ROOT else b"")
    ready = _child_setup(request["warm"])._replace(install=install)
    gc.collect()
    gc.freeze()
    message = {"ready": True, "isolation": walls.tier, "layers": walls.layers}
    control.send(dumps(message).encode())
    if not request["ask"]:
        _Server(control, walls, ready).run()


def _child_setup(warm: list[str]) -> child.ChildSetup:
    """Return the setup that a child would make for itself, and forget the grader's modules."""
    cells = child.load_cells() if SHELL in warm else None
    record = child.load_recording()
    withhold = child.load_withheld()
    forget_modules()
    setup = child.ChildSetup(BuiltinsGuard(), cells, record=record, forgotten=True)
    return setup._replace(withhold=withhold)


def _filter(*, threads: bool = True) -> bytes:
    """Return the filter of system calls, nothing where this machine cannot make one."""
    try:
        from grader.sandbox.walls import seccomp
    except (ImportError, RuntimeError, OSError):
        return b""
    return seccomp.program(threads=threads)


def _put_up(request: dict[str, Any], calls: bytes, threadless: bytes) -> Walls:
    """Put up what can be had of the walls, up to the tier that is asked for at most."""
    used = resource_limits.baseline_use()
    jail_view = jail.view(request["site"])
    layers = tiers.layers(jail_view, request["folder"], calls)
    tier = tiers.tier_of(layers, request["at_most"])
    packages = package_folders(jail_view.shown, request["site"])
    pids, proc = -1, _proc()
    if tier == "full":
        jail.leave_the_others()
        _become_the_first()
        pids = os.open("/proc/self/ns/pid_for_children", os.O_RDONLY | os.O_CLOEXEC)
        jail.build(jail_view, request["folder"])
    folder = _own_user(request["folder"]) if tier == "container" else request["folder"]
    standing = {layer.name for layer in layers if layer.stands and tier != "limits"}
    guarded = "files" in standing or (tier == "full" and landlock.is_there())
    allowed = _allowed(jail_view, tier) if guarded else ()
    filtered = calls if "system calls" in standing else b""
    threadless = threadless if filtered else b""
    walls = Walls(tier, layers, tuple(allowed), filtered, used, pids, folder, threadless)
    walls = walls._replace(proc=proc, packages=tuple(packages), view=jail_view)
    if tier != "full" or not guarded:
        return walls
    return walls._replace(rules=landlock.Ruleset([*walls.allowed, (jail.ROOM, landlock.FULL)]))


def _proc() -> int:
    with suppress(OSError):
        return os.open("/proc", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    return -1


def _own_user(folder: str) -> str:
    """Go on as an ordinary user, whom its children let look; return where to make their folders."""
    if unprivileged_user.is_needed():
        folder = unprivileged_user.make_room(folder, "scratch")
        unprivileged_user.become()
    linux_calls.hide_memory()
    return folder


def _allowed(jail_view: jail.JailView, tier: Tier) -> Iterator[tuple[str, int]]:
    """Yield what may be touched beside the scratch folder; a root of its own hides by itself."""
    yield from jail.around(jail_view._replace(hidden=()) if tier == "full" else jail_view)
    yield from ((path, landlock.READ) for path in (*jail.FILES, *jail.DEVICES))
    yield os.devnull, landlock.READ | landlock.WRITE_FILE


def _warm(modules: list[str]) -> None:
    for name in modules:
        __import__(name)


def _become_the_first() -> None:
    """Go on as the first process of the new namespace, and let the old process wait for its end."""
    pid = os.fork()
    if pid:
        _, status = os.waitpid(pid, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    linux_calls.die_with_parent(signal.SIGKILL)


class _Server:
    """Forks children when it is told to, and says how they ended."""

    def __init__(self, control: socket.socket, walls: Walls, ready: child.ChildSetup) -> None:
        self._control = control
        self._ready = ready
        self._walls = walls
        self._children: dict[int, _Child] = {}
        self._too_full: set[int] = set()
        self._withheld: dict[tuple[str, ...], _Withheld] = {}
        self._poll = select.poll()
        self._poll.register(control, select.POLLIN)

    def run(self) -> None:
        """Serve until the grader closes the line."""
        while True:
            for descriptor, _ in self._poll.poll(self._look_again()):
                if descriptor in self._children:
                    self._report(self._children.pop(descriptor))
                elif not self._fork():
                    return

    def _look_again(self) -> int | None:
        """End who has written too much; return in how many milliseconds to look again, if so."""
        folders = [one for one in self._children.values() if one.folder]
        for one in folders:
            if _is_too_full(one):
                self._too_full.add(one.ended)
                signal.pidfd_send_signal(one.ended, signal.SIGKILL)
        return scratch.LOOK_MS if folders else None

    def _fork(self) -> bool:
        request = self._asked_for()
        if request is None:
            return False
        with self._own_numbers():
            pid = os.fork()
            if pid == 0:
                _become_a_child(request, self._walls, self._ready)
        os.close(request.line)
        ended = os.pidfd_open(pid)
        self._children[ended] = _Child(pid, ended, _folder(self._walls, pid))
        self._poll.register(ended, select.POLLIN)
        fds = array.array("i", [ended])
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, fds)]
        self._control.sendmsg([dumps({"begun": pid}).encode()], rights)
        return True

    def _asked_for(self) -> _ForkRequest | None:
        """Return the child that is asked for; None where the message is anything but that."""
        message, descriptors, flags, _ = socket.recv_fds(self._control, LARGEST, 1)
        first, *names = message.decode("utf-8", "replace").split(" ")
        is_whole = first == FORK.decode() and not flags & socket.MSG_CTRUNC
        if not is_whole or not descriptors:
            return None
        return _ForkRequest(descriptors[0], self._without(tuple(names)))

    def _without(self, names: tuple[str, ...]) -> _Withheld:
        if names not in self._withheld:
            places = package_places(names, self._walls.packages)
            self._withheld[names] = _Withheld(places, _rules(self._walls, places))
        return self._withheld[names]

    @contextmanager
    def _own_numbers(self) -> Iterator[None]:
        """Have what is forked within be the first process of a namespace of its own."""
        if self._walls.tier != "full":
            yield
            return
        linux_calls.unshare(linux_calls.NEW_PIDS)
        yield
        linux_calls.enter(self._walls.pids, linux_calls.NEW_PIDS)

    def _report(self, one: _Child) -> None:
        self._poll.unregister(one.ended)
        os.close(one.ended)
        _, status, used = os.wait4(one.pid, 0)
        if one.folder:
            with suppress(OSError):  # the grader clears up once more, at the end
                scratch.clear(one.folder)
        ended = os.waitstatus_to_exitcode(status)
        if one.ended in self._too_full:  # what the system says of files that grow too large
            self._too_full.remove(one.ended)
            ended = -signal.SIGXFSZ
        report = {
            "ended": one.pid,
            "status": ended,
            "cpu_s": round(used.ru_utime + used.ru_stime, 4),
            "peak_kb": used.ru_maxrss,
        }
        self._control.send(dumps(report).encode())


def _is_too_full(one: _Child) -> bool:
    removed = deleted_files.NOTHING
    with suppress(PermissionError):  # it shows itself before it runs student code
        removed = deleted_files.deleted_space(one.pid, one.folder)
    return scratch.is_too_full(one.folder, removed)


def _become_a_child(request: _ForkRequest, walls: Walls, ready: child.ChildSetup) -> None:
    """Run one submission in this process, which has just been forked, and end it."""
    try:
        linux_calls.die_with_parent(signal.SIGKILL)  # its own namespace ends with the zygote anyway
        for end in LINE:
            os.dup2(request.line, end)
        queue = run_queue.opened(walls.proc)
        running = resource_limits.running_now(walls.proc) if walls.proc >= 0 else None
        _guard_files(walls, _scratch(walls, request.withheld.places), request.withheld.rules)
        if queue >= 0:
            queue = os.dup2(queue, OUT_OF_THE_WAY)
        os.closerange(STANDARD, OUT_OF_THE_WAY)
        os.closerange(OUT_OF_THE_WAY + (queue >= 0), 1 << 16)
        confine, withheld = _confining(walls, running), tuple(request.withheld.places)
        child.main(
            ready._replace(confine=confine, room=os.getcwd(), queue=queue, withheld=withheld)
        )
    except BaseException:  # nothing of the zygote's goes on in a child
        os._exit(1)


def _folder(walls: Walls, pid: int) -> str:
    """Return the folder that a child may write to, empty where that vanishes with it."""
    return "" if walls.tier == "full" else os.path.join(walls.folder, str(pid))


def _scratch(walls: Walls, withheld: Places) -> str:
    """Give this process a folder to write to, and return the one to allow it."""
    own = _folder(walls, os.getpid())
    if not own:
        jail.own_scratch(scratch.MEGABYTES)
        jail.cover(place for places in withheld.values() for place in places)
        return jail.ROOM
    scratch.make(own)
    return own


def _rules(walls: Walls, withheld: Places) -> landlock.Ruleset | None:
    """Return what all children may touch that are without some packages."""
    if walls.rules is not None or not walls.allowed:
        return walls.rules
    hidden = [place for places in withheld.values() for place in places]
    jail_view = walls.view._replace(hidden=(*walls.view.hidden, *hidden))
    allowed = _allowed(jail_view, walls.tier) if hidden else walls.allowed
    return landlock.Ruleset([*allowed, (walls.folder, landlock.FULL)])


def _guard_files(walls: Walls, folder: str, rules: landlock.Ruleset | None) -> None:
    """Let nothing be touched but what is allowed, and the folder to write to."""
    if rules is None:
        return
    linux_calls.gain_nothing()
    if rules is not walls.rules:  # they allow the folders of other children, too: both must allow
        landlock.Ruleset([*walls.allowed, (folder, landlock.FULL)]).restrict()
    rules.restrict()


def _confining(walls: Walls, running: int | None) -> Callable[[Limits], None]:
    used = walls.used._replace(running=running) if walls.used else None

    def confine(limits: Limits) -> None:
        resource_limits.confine(limits, used)
        if walls.tier == "limits":
            return
        counted = not IS_ROOT or walls.tier != "full" or jail.become_counted()
        linux_calls.drop_capabilities()
        linux_calls.gain_nothing()
        if walls.tier == "full":
            linux_calls.hide_memory()
        else:
            linux_calls.show_memory()  # to the zygote alone: the other walls keep submissions apart
        linux_calls.filter_calls(walls.calls if counted else walls.threadless)

    return confine


if __name__ == "__main__":
    sys.exit("started by the grader alone")
