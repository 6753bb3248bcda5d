"""A user without rights, as whom a zygote goes on that root has started.

It is the zygote that changes, before it forks: so it can still look into its children and end them,
and no folder has to change hands. Where root's rights cannot be left for good, nothing is forked.
"""

import os
import signal
from collections.abc import Iterable

from grader.sandbox.walls import linux_calls

NUMBER = 65534  # of the user and the group that own nothing, by convention


def is_needed() -> bool:
    """Return whether this process has a user with rights."""
    return 0 in (*os.getresuid(), *os.getresgid())


def make_room(folder: str, name: str) -> str:
    """Return a new folder in `folder` that belongs to nobody, and can be reached."""
    os.chmod(folder, 0o711)  # a folder of `tempfile` is closed to all but its owner
    room = os.path.join(folder, name)
    os.mkdir(room, 0o700)
    os.chown(room, NUMBER, NUMBER)
    return room


def become() -> None:
    """Go on as nobody.

    Raises:
        OSError: it is not allowed, or root's rights could be taken back.
    """
    os.setgroups([])
    os.setresgid(NUMBER, NUMBER, NUMBER)
    os.setresuid(NUMBER, NUMBER, NUMBER)
    linux_calls.drop_capabilities()
    linux_calls.die_with_parent(signal.SIGKILL)  # the kernel forgets it when the user changes
    try:
        os.setresuid(0, 0, 0)
    except PermissionError:
        return
    raise OSError("root's rights can be taken back")


def reach(room: str, folders: Iterable[str]) -> None:
    """See that this process can write to `room`, and read those `folders` that are there.

    Raises:
        OSError: it cannot; the message names the folder.
    """
    for folder in folders:
        _list(folder)
    try:
        os.rmdir(_made(room))
    except OSError as error:
        raise OSError(f"uid {os.getuid()} cannot write to {room}: {error.strerror}") from error


def _list(folder: str) -> None:
    try:
        os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise OSError(f"uid {os.getuid()} cannot read {folder}: {error.strerror}") from error


def _made(room: str) -> str:
    path = os.path.join(room, "made")
    os.mkdir(path)
    return path
