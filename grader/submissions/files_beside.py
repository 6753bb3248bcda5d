"""The files beside a submission: the modules that it imports, the data that it reads.

They are read before student code runs, and held as bytes. A folder that was handed in may hold
anything: no link is followed, and nothing is opened that is no regular file.
"""

import os
import stat
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

MOST_FILES = 64
MOST_FOLDERS = 32
MOST_BYTES = 4 << 20
LARGEST = 1 << 20
DEEPEST = 4
MOST_ENTRIES = 2000  # looked at in all; a home folder has more than anyone waits for
ASIDE = ("__pycache__", "node_modules", "site-packages", "venv", "env")

TOO_LARGE = f"over {LARGEST >> 20} MB"
TOO_MUCH = f"over {MOST_BYTES >> 20} MB together"
TOO_MANY = f"beyond {MOST_FILES} files"
TOO_DEEP = f"more than {DEEPEST} folders deep"
ELSEWHERE = "no regular file"
UNREADABLE = "not readable"
ODDLY_NAMED = "with a colon in its name, which not every system can write"


class FilesBeside(NamedTuple):
    """The files beside a submission.

    Attributes:
        files: relative name, with slashes → content; those nearest to the submission first.
        left_out: how many files were not taken along, and why; empty where all were.
    """

    files: tuple[tuple[str, bytes], ...] = ()
    left_out: str = ""


def files_in(folder: str, ending: str = "") -> FilesBeside:
    """Return the files in a folder, and below it.

    Hidden files, byte code, virtual environments and notebooks are no part of it.

    Args:
        folder: of one student alone; who else has a file in it would have it read by them.
        ending: of the names to take, ".py" say; all if left out.
    """
    parcel = _TakenFiles()
    for name, path, problem in _files(folder):
        if name.endswith(ending):
            parcel.take(name, path, problem)
    return FilesBeside(tuple(parcel.files.items()), parcel.left_out())


class _TakenFiles:
    """The files that have been taken along so far, and the count of those that have not."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self._folders: set[str] = set()
        self._size = 0
        self._problems: Counter[str] = Counter()

    def take(self, name: str, path: str, problem: str) -> None:
        """Take a file along, unless there is a problem with it."""
        folders = self._folders | {name.rpartition("/")[0]}
        if len(self.files) == MOST_FILES or len(folders) > MOST_FOLDERS:
            problem = TOO_MANY
        content = problem or _content(path)
        if isinstance(content, bytes) and self._size + len(content) > MOST_BYTES:
            content = TOO_MUCH
        if isinstance(content, str):
            self._problems[content] += 1
            return
        self.files[name] = content
        self._folders = folders
        self._size += len(content)

    def left_out(self) -> str:
        """Return the number of files not taken along, and why."""
        count = sum(self._problems.values())
        if not count:
            return ""
        were = "file beside it was" if count == 1 else "files beside it were"
        reasons = ", ".join(f"{number} {why}" for why, number in self._problems.items())
        return f"{count} {were} not taken along: {reasons}"


def _files(folder: str) -> Iterator[tuple[str, str, str]]:
    """Yield files, level by level: the relative name, the path, and what is wrong with it."""
    level, left = [""], MOST_ENTRIES
    for depth in range(DEEPEST + 1):
        deeper = []
        for parent in level:
            entries = _entries(os.path.join(folder, parent), left)
            left -= len(entries)
            for entry in entries:
                name = parent + entry.name
                if depth == DEEPEST:
                    yield name, entry.path, TOO_DEEP
                elif entry.is_dir(follow_symlinks=False):
                    deeper.append(f"{name}/")
                else:
                    yield name, entry.path, _problem(entry, name)
        level = deeper


def _entries(folder: str, most: int) -> list["os.DirEntry[str]"]:
    """Return the useful entries of a folder, modules first; nothing of a virtual environment."""
    try:
        with os.scandir(folder) as found:
            entries = [entry for entry, _ in zip(found, range(most), strict=False)]
    except OSError:
        return []
    if any(entry.name == "pyvenv.cfg" for entry in entries):
        return []
    useful = [entry for entry in entries if _is_useful(entry.name)]
    return sorted(useful, key=lambda entry: (not entry.name.endswith(".py"), entry.name))


def _is_useful(name: str) -> bool:
    aside = name.startswith(".") or name in ASIDE or name.endswith((".pyc", ".ipynb"))
    return not aside and name.isprintable() and "\\" not in name


def _problem(entry: "os.DirEntry[str]", name: str) -> str:
    """Return why a file cannot be taken along, "" where it can."""
    if ":" in name:
        return ODDLY_NAMED
    return "" if _is_regular(entry) else ELSEWHERE


def _is_regular(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_file(follow_symlinks=False)
    except OSError:
        return False


def _content(path: str) -> bytes | str:
    """Return the content of a file, or why it is left out."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        with open(os.open(path, flags | getattr(os, "O_BINARY", 0)), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return ELSEWHERE
            content = file.read(LARGEST + 1)
    except OSError:
        return UNREADABLE
    return TOO_LARGE if len(content) > LARGEST else content
