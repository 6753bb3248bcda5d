"""Which walls this machine lets be built: each is found by building it once and trying it.

A return code says that a call was accepted; whether the wall holds is seen by running against it.
What cannot be undone in a process is tried in a copy of it.
"""

import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import NamedTuple

from grader.sandbox.protocol.limits import Tier
from grader.sandbox.walls import deleted_files, jail, landlock, linux_calls, unprivileged_user

LONGEST = 300
NEEDS_A_USER = "not tried without an own user"
OWN_USER_FIRST = "an own user first"
HELD = 1 << 16
NEEDED: dict[Tier, tuple[str, ...]] = {
    "full": ("namespaces", "own root", "system calls"),
    "container": ("files", "system calls", "own user", "disk"),
}


class Layer(NamedTuple):
    """A wall: whether it stands, and if not, why, and how to get it."""

    name: str
    stands: bool
    why_not: str = ""
    how: str = ""


def layers(jail_view: jail.JailView, folder: str, calls: bytes) -> list[Layer]:
    """Return every wall of this machine; each is tried.

    Args:
        jail_view: what a root of its own is to show.
        folder: an empty one, to build that root on.
        calls: the filter of system calls; empty where it could not be made.
    """
    return list(_tried(jail_view, folder, calls))


def tier_of(tried: list[Layer], at_most: Tier = "full") -> Tier:
    """Return the best tier that walls come to.

    Args:
        tried: the walls that were tried.
        at_most: the best to consider: a tier can stand where the one below it does not.
    """
    standing = {layer.name for layer in tried if layer.stands}
    considered = list(NEEDED)[[*NEEDED, "limits"].index(at_most) :]
    return next((tier for tier in considered if standing.issuperset(NEEDED[tier])), "limits")


def _tried(jail_view: jail.JailView, folder: str, calls: bytes) -> Iterator[Layer]:
    spaces = _failure(jail.leave_the_others)
    yield Layer("namespaces", not spaces, spaces, how_to_get_namespaces())

    def build() -> None:
        jail.leave_the_others()
        if why_not := _failure(lambda: _look_around(jail_view, folder)):
            raise OSError(why_not)

    root = spaces or _failure(build)
    yield Layer("own root", not root, root, how_to_get_namespaces())
    files = _failure(lambda: _touch_nothing(folder))
    yield Layer("files", not files, files, "Linux 6.2 or newer, with landlock in its list of lsm=")
    filtered = _failure(lambda: _call_nothing(calls)) if calls else "libseccomp is not installed"
    yield Layer("system calls", not filtered, filtered, "apt install libseccomp2")
    user = _failure(lambda: _be_nobody(jail_view, folder))
    yield Layer("own user", not user, user, how_to_get_a_user(user))
    disk = NEEDS_A_USER if user else _failure(lambda: _count_what_is_removed(jail_view, folder))
    remedy = OWN_USER_FIRST if user else "a /proc that shows a user's own processes"
    yield Layer("disk", not disk, disk, remedy)


def _look_around(jail_view: jail.JailView, folder: str) -> None:
    """Build a root as the first process of a namespace, and see that nothing else is there."""
    linux_calls.die_with_parent(signal.SIGKILL)
    jail.build(jail_view, folder)
    jail.own_scratch(1)
    there = set(os.listdir("/"))
    if "proc" in there or any(
        os.path.exists(path) for path in jail_view.hidden if os.listdir(path)
    ):
        raise OSError("something of the machine is still to be seen")
    with suppress(OSError):
        os.mkdir("/made")
        raise RuntimeError("the root can be written to")


def _touch_nothing(folder: str) -> None:
    """Allow no file at all, and see that none can be read."""
    if open_to_all := landlock.unguarded(landlock.version()):
        raise OSError(open_to_all)
    linux_calls.gain_nothing()
    landlock.Ruleset([]).restrict()
    with suppress(PermissionError):
        os.listdir(folder)
        raise OSError("a folder that is not allowed can be listed")


def _call_nothing(calls: bytes) -> None:
    linux_calls.gain_nothing()
    linux_calls.filter_calls(calls)
    with suppress(PermissionError):
        socket.socket().close()
        raise OSError("a socket can be opened")


def _be_nobody(jail_view: jail.JailView, folder: str) -> str:
    """Leave root's rights, see that Python is within reach, and return a folder to write to."""
    if not unprivileged_user.is_needed():
        return folder
    room = unprivileged_user.make_room(folder, f"tried-{os.getpid()}")
    unprivileged_user.become()
    unprivileged_user.reach(room, [*jail_view.shown, os.path.dirname(os.__file__)])
    return room


def _count_what_is_removed(jail_view: jail.JailView, folder: str) -> None:
    """Hold a removed file in a child that cannot be looked into at first, and count it."""
    room = _be_nobody(jail_view, folder)
    linux_calls.hide_memory()
    ready, held = os.pipe()
    pid = os.fork()
    if pid == 0:
        with suppress(BaseException):
            _hold_a_removed_file(room)
            os.write(held, b"!")
            signal.pause()
        os._exit(1)
    os.close(held)
    try:
        os.read(ready, 1)
        removed = deleted_files.deleted_space(pid, room)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    if removed.files != 1 or removed.size < HELD:
        raise OSError("a file that is removed and kept open is not seen in /proc")


def _hold_a_removed_file(room: str) -> None:
    linux_calls.die_with_parent(signal.SIGKILL)
    linux_calls.show_memory()
    path = os.path.join(room, f"removed-{os.getpid()}")
    file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    os.unlink(path)
    os.write(file, bytes(HELD))


def _failure(attempt: Callable[[], object]) -> str:
    """Return the failure of `attempt` in a copy of this process, empty where there is none."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            attempt()
        except BaseException as error:  # whatever it is, it is why the wall does not stand
            os.write(write, (str(error) or type(error).__name__).encode()[:LONGEST])
            os._exit(1)
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        failure = pipe.read().decode("utf-8", "replace")
    _, status = os.waitpid(pid, 0)
    return failure or (f"ended with {status}" if status else "")


def how_to_get_a_user(why_not: str) -> str:
    """Return the remedy where root cannot go on as nobody for that reason."""
    if "cannot write" in why_not:
        return "TMPDIR at a folder that every user may enter"
    if "cannot read" in why_not:
        return "a Python that every user can read, as in /usr, or a start as an ordinary user"
    return "a start as an ordinary user, or with the capabilities SETUID and SETGID"


def how_to_get_namespaces(machine: str = "/") -> str:
    """Return the remedy where namespaces, or mounts in them, are not allowed.

    Args:
        machine: the folder with the machine's files.
    """
    restricted = os.path.join(machine, "proc/sys/kernel/apparmor_restrict_unprivileged_userns")
    with suppress(OSError), open(restricted, encoding="ascii") as setting:
        if setting.read().strip() == "1":
            return "sysctl kernel.apparmor_restrict_unprivileged_userns=0"
    if os.path.exists(os.path.join(machine, ".dockerenv")):
        return "docker run --security-opt seccomp=unconfined"
    return f"a kernel, or a container's profile, that allows them (Linux {os.uname().release} here)"
