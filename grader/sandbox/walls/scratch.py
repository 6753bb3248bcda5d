"""A folder for a submission to write to, where it has no file system of its own.

A file system of its own has a size, and vanishes. Here the zygote looks at the folder while the
submission runs, and clears it away afterwards. No link in it is followed, and no path is longer
than a few names, however deep the submission has nested its folders.
"""

import os

from grader.sandbox.walls.deleted_files import NOTHING, DeletedSpace

MOST_FILES = 256
MEGABYTES = 16
LOOK_MS = 100
BLOCK = 512  # bytes, as stat counts them on every file system


def make(folder: str) -> None:
    """Make an empty folder, and go into it."""
    os.mkdir(folder, 0o700)
    os.chdir(folder)


def is_too_full(folder: str, removed: DeletedSpace = NOTHING) -> bool:
    """Return whether there is more in a folder than a submission may write; MOST_FILES at most.

    Args:
        folder: to look at.
        removed: what the submission holds of files that it has removed from there.
    """
    left, files, size = [folder], removed.files, removed.size
    if removed.unseen or size > MEGABYTES << 20:
        return True
    try:
        while left:
            for entry in _entries(left.pop()):
                files += 1
                size += entry.stat(follow_symlinks=False).st_blocks * BLOCK
                if files > MOST_FILES or size > MEGABYTES << 20:
                    return True
                if entry.is_dir(follow_symlinks=False):
                    left.append(entry.path)
    except FileNotFoundError:  # it has just been removed
        return False
    except OSError:  # a path has become too long
        return True
    return False


def clear(folder: str) -> None:
    """Remove a folder in which nobody writes any longer, level by level."""
    left, number = [folder], 0
    while left:
        one = left.pop()
        for entry in _entries(one):
            if entry.is_dir(follow_symlinks=False):
                number += 1
                left.append(f"{folder}.{number}")
                os.chmod(entry.path, 0o700)  # else only root could empty it
                os.rename(entry.path, left[-1])
            else:
                os.unlink(entry.path)
        os.rmdir(one)


def _entries(folder: str) -> list["os.DirEntry[str]"]:
    with os.scandir(folder) as found:
        return list(found)
