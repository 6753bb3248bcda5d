"""Files that a process holds and has removed: they fill the disk, and no folder shows them.

Source: proc(5), on /proc/pid/fd and /proc/pid/maps; both are there for a parent of the same user,
where the process is dumpable.
"""

import os
import stat
from typing import NamedTuple

BLOCK = 512  # bytes, as stat counts them on every file system
DELETED = b" (deleted)\n"


class DeletedSpace(NamedTuple):
    """The removed files that are held.

    Attributes:
        files: how many are open.
        size: bytes of the disk that those take.
        unseen: how many are mapped and not open: how large they are, nobody can tell.
    """

    files: int = 0
    size: int = 0
    unseen: int = 0


NOTHING = DeletedSpace()


def deleted_space(pid: int, folder: str) -> DeletedSpace:
    """Return the removed files that a process holds.

    Args:
        pid: of the process.
        folder: the one it can write to; mappings of files elsewhere are not its doing.

    Raises:
        PermissionError: the process does not let this one look.
    """
    try:
        sizes = _open(pid)
        mapped = _mapped(pid, folder)
    except (FileNotFoundError, ProcessLookupError):  # it has just ended
        return NOTHING
    return DeletedSpace(len(sizes), sum(sizes.values()), len(mapped - sizes.keys()))


def _open(pid: int) -> dict[int, int]:
    """Return the removed files that are open: their numbers, and how many bytes they may take."""
    sizes = {}
    descriptors = f"/proc/{pid}/fd"
    for name in os.listdir(descriptors):
        try:
            status = os.stat(os.path.join(descriptors, name))
        except FileNotFoundError:  # it has just been closed
            continue
        if stat.S_ISREG(status.st_mode) and status.st_nlink == 0:
            sizes[status.st_ino] = max(status.st_size, status.st_blocks * BLOCK)
    return sizes


def _mapped(pid: int, folder: str) -> set[int]:
    """Return the numbers of the removed files that are mapped."""
    inside = b" " + os.fsencode(folder) + b"/"
    with open(f"/proc/{pid}/maps", "rb") as lines:
        gone = [line for line in lines if line.endswith(DELETED) and inside in line]
    return {int(line.split(maxsplit=5)[4]) for line in gone}
