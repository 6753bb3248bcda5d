"""A root folder of its own, with nothing in it but what Python needs to run, all of it read-only.

Source: the kernel's Documentation/filesystems/sharedsubtree.rst, pivot_root(2), user_namespaces(7).
"""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from grader.engines.own_folders import ROOT, ours_in
from grader.sandbox.walls import landlock, linux_calls

SYSTEM = ("/usr", "/lib", "/lib64", "/lib32", "/bin")
FILES = ("/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/etc/mime.types")
DEVICES = ("/dev/null", "/dev/urandom", "/dev/random")  # zero gives memory that nobody counts
ROOM = "/room"  # landlock allows what is below a folder, and not what is mounted on it
SCRATCH = f"{ROOM}/scratch"
NOTHING_THERE = "/dev/nothing"  # an empty folder, to be seen in the place of others
SCRATCH_OPTIONS = "size={megabytes}m,nr_inodes=256,mode=700"
NAMESPACES = (
    linux_calls.NEW_USER
    | linux_calls.NEW_MOUNTS
    | linux_calls.NEW_NET
    | linux_calls.NEW_IPC
    | linux_calls.NEW_UTS
    | linux_calls.NEW_PIDS
)
UNPRIVILEGED = 1000
COUNTED = 1001  # as whom the system counts threads, where the user outside is root
NOBODY = 65534


class JailView(NamedTuple):
    """The folders to be seen inside, and the folders below them that are not to be."""

    shown: tuple[str, ...]
    hidden: tuple[str, ...]


NOTHING = JailView((), ())


def view(site: Iterable[str]) -> JailView:
    """Return the folders of this machine that a submission needs to see.

    Args:
        site: the folders where packages are installed.
    """
    python = [os.path.join(prefix, "lib") for prefix in (sys.base_prefix, sys.prefix)]
    library = os.path.dirname(os.__file__)
    shown = _without_nested([*SYSTEM, *python, library, *site])
    ours = (os.path.normpath(path) for folder in (*site, ROOT) for path in ours_in(folder))
    hidden = (path for path in ours if os.path.isdir(path) and _is_within(path, shown))
    return JailView(tuple(shown), tuple(dict.fromkeys(hidden)))


def around(jail_view: JailView) -> Iterator[tuple[str, int]]:
    """Yield what landlock is to allow where nothing can be hidden by a mount.

    A folder with something hidden in it can be listed, and all else in it read.
    """
    left = list(jail_view.shown)
    while left:
        path = left.pop()
        if not any(hidden.startswith(path + os.sep) for hidden in jail_view.hidden):
            yield path, landlock.READ
        else:
            yield path, landlock.READ_DIR
            inside = (os.path.join(path, name) for name in os.listdir(path))
            left += [one for one in inside if one not in jail_view.hidden]


def _without_nested(paths: Sequence[str]) -> list[str]:
    kept: list[str] = []
    for path in sorted({os.path.normpath(path) for path in paths if os.path.exists(path)}):
        if path != "/" and not _is_within(path, kept):
            kept.append(path)
    return kept


def _is_within(path: str, folders: Iterable[str]) -> bool:
    return any(os.path.commonpath([folder, path]) == folder for folder in folders)


def leave_the_others() -> None:
    """Enter new namespaces: no network, no other processes, no rights over the machine.

    Raises:
        OSError: the kernel, or who runs the machine, does not allow it.
    """
    user, group = os.getuid(), os.getgid()
    maps = [f"{UNPRIVILEGED} {user} 1", f"{UNPRIVILEGED} {group} 1"]
    if user:
        linux_calls.unshare(NAMESPACES)
        _map_users("self", *maps)
    else:
        _leave_as_root(*maps)


def become_counted() -> bool:
    """Go on as a real user whose threads are counted; return whether the system counts them.

    It counts none of root's. Files are still reached by the effective user, who stays.
    """
    try:
        os.setresuid(COUNTED, -1, -1)
    except OSError:
        return False
    return True


def _leave_as_root(users: str, groups: str) -> None:
    """Enter new namespaces in which there is another user, too, whom only root outside can map."""
    begun, begin = os.pipe()
    number = os.getpid()
    helper = os.fork()
    if helper == 0:
        os.close(begin)
        os.read(begun, 1)
        try:
            _map_users(str(number), f"{users}\n{COUNTED} {NOBODY} 1", groups)
        except OSError:
            os._exit(1)
        os._exit(0)
    os.close(begun)
    try:
        linux_calls.unshare(NAMESPACES)
    finally:
        os.close(begin)
        _, status = os.waitpid(helper, 0)
    if status:
        _map_users("self", users, groups)


def _map_users(process: str, users: str, groups: str) -> None:
    for name, text in (("setgroups", "deny"), ("uid_map", users), ("gid_map", groups)):
        with suppress(FileNotFoundError), open(f"/proc/{process}/{name}", "w") as file:
            file.write(text)


def build(jail_view: JailView, new: str) -> None:
    """Make a root of what is to be seen, and leave the old one behind.

    Args:
        jail_view: what to show.
        new: an empty folder to build it on; nobody outside sees what is mounted there.

    Raises:
        OSError: a mount is not allowed.
    """
    linux_calls.mount("none", "/", "", linux_calls.RECURSIVE | linux_calls.PRIVATE)
    harmless = linux_calls.NO_SUID | linux_calls.NO_DEVICES
    linux_calls.mount("tmpfs", new, "tmpfs", harmless, "size=1m,mode=755")
    for path in (*jail_view.shown, *FILES):
        _show(path, new, linux_calls.READ_ONLY | harmless)
    for path in DEVICES:
        _show(path, new, linux_calls.READ_ONLY | linux_calls.NO_SUID | linux_calls.NO_EXEC)
    for path in jail_view.hidden:
        linux_calls.mount("tmpfs", new + path, "tmpfs", linux_calls.READ_ONLY, "size=4k,mode=000")
    for path in (SCRATCH, NOTHING_THERE, "/tmp"):
        os.makedirs(new + path, exist_ok=True)
    os.chdir(new)
    linux_calls.change_root(".", ".")
    linux_calls.unmount(".")
    os.chdir("/")
    still = (
        linux_calls.REMOUNT
        | linux_calls.BIND
        | linux_calls.READ_ONLY
        | linux_calls.NO_SUID
        | linux_calls.NO_DEVICES
    )
    linux_calls.mount("none", "/", "", still)


def _show(path: str, new: str, flags: int) -> None:
    """Show a file or folder of the machine, or a link, below `new`."""
    target = new + path
    if os.path.islink(path):
        os.symlink(os.readlink(path), target)
        return
    if os.path.isdir(path):
        os.makedirs(target, exist_ok=True)
    elif os.path.exists(path):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "x"):
            pass
    else:
        return
    linux_calls.mount(path, target, "", linux_calls.BIND | linux_calls.RECURSIVE)
    linux_calls.restrict_mount(target, flags)


def own_scratch(megabytes: int) -> None:
    """Give this process, and what it starts, an empty folder that vanishes with it."""
    linux_calls.unshare(linux_calls.NEW_MOUNTS)
    flags = linux_calls.NO_SUID | linux_calls.NO_DEVICES | linux_calls.NO_EXEC
    linux_calls.mount("tmpfs", SCRATCH, "tmpfs", flags, SCRATCH_OPTIONS.format(megabytes=megabytes))
    os.chdir(SCRATCH)


def cover(paths: Iterable[str]) -> None:
    """Leave nothing to be seen in folders and files; in a mount namespace of this process's own."""
    for path in paths:
        nothing = NOTHING_THERE if os.path.isdir(path) else os.devnull
        linux_calls.mount(nothing, path, "", linux_calls.BIND)
