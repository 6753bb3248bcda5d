"""Reads the entries of a folder or an archive within bounds, and tells what is left out."""

import lzma
import struct
import tarfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import IO, NamedTuple

from grader.engines.text import visible
from grader.errors import NothingToGrade
from grader.submissions.intake.archive_names import name_on_disk
from grader.submissions.intake.left_out import LeftOut
from grader.submissions.intake.safe_names import LONGEST_NAME, UnsafeName, contained, is_ignored
from grader.submissions.intake.spool import Content, ContentStore, bytes_of

LONGEST_ENTRY = 4096  # letters of a name that is looked at
PIECE = 1 << 20
BROKEN = (
    *(OSError, EOFError, ValueError, RuntimeError, NotImplementedError, MemoryError, struct.error),
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError),
)
"""What reading a damaged archive may raise."""


class Bounds(NamedTuple):
    """The bounds on what is read.

    Attributes:
        file: bytes of one file.
        entries: how many entries are looked at below one of the upper folders.
        kept: bytes of all files below one of these.
        tried: bytes that are read below one of these, whatever comes of them: of a damaged file
            all are read, and none is kept.
        passed: bytes of a tar, where what is left out has to be read over.
        depth: how deep the upper folders are: 0 where all of it is one.
        all_entries: how many entries there may be in all.
        all_kept: bytes of all files.
    """

    file: int = 64 << 20
    entries: int = 10_000
    kept: int = 1 << 30
    tried: int = 2 << 30
    passed: int = 32 << 30
    depth: int = 2
    all_entries: int = 1_000_000
    all_kept: int = 16 << 30


BOUNDS = Bounds()
"""For a course: a student who has too much takes no room from another."""

ONES = Bounds(kept=256 << 20, tried=512 << 20, passed=1 << 30, depth=0)
"""For the archive of one student."""

UPLOADED = Bounds(file=5 << 20, entries=1_000, kept=5 << 20, passed=64 << 20, depth=0)
"""For an archive that somebody uploads: what it holds is kept in memory, and in a database."""


class UnopenedFile(NothingToGrade):
    """A folder or an archive cannot be opened."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"{path} cannot be opened: {reason}",
            hint="name a folder, a zip or a tar; download it once more if it is damaged",
        )
        self.reason = reason


class TooMuch(NothingToGrade):
    """There is more than can be taken in: who would be left out is nobody's guess."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"it holds more than {what}", hint="hand it over in parts, with an -o each"
        )


class FileContent(NamedTuple):
    """A file.

    Attributes:
        name: with slashes.
        content: its bytes, or where they are kept.
        changed: when, in seconds since some day, where an archive says it, else 0: in a folder that
            was copied it says little.
        dated: the same as ISO 8601, without a zone, where a zip says it.
    """

    name: str
    content: Content
    changed: float = 0.0
    dated: str = ""


class Listing(NamedTuple):
    """The files in a folder or an archive.

    Attributes:
        files: that are taken.
        others: the names of folders, with a slash at the end, and of files that are left out: they
            may be all that somebody handed in.
        reasons: why each of these files is left out, by its name.
    """

    files: list[FileContent]
    others: list[str]
    reasons: Mapping[str, str] = MappingProxyType({})

    def renamed(self, new_name: Callable[[str], str]) -> "Listing":
        """Return the same listing by other names; what would have none is not in it."""
        return Listing(
            [one._replace(name=new_name(one.name)) for one in self.files if new_name(one.name)],
            [new_name(name) for name in self.others if new_name(name)],
            {new_name(name): reason for name, reason in self.reasons.items()},
        )


class ArchiveEntry(NamedTuple):
    """Something in an archive or a folder, not yet read.

    Attributes:
        name: with slashes, one at the end of a folder's.
        reason: why it cannot be read, "" where it can.
        open: what opens it; it gives None where there is nothing to read.
        changed, dated: see `FileContent`.
    """

    name: str
    reason: str = ""
    open: Callable[[], IO[bytes] | None] = lambda: None
    changed: float = 0.0
    dated: str = ""


class _Room:
    """The room that is left, below each of the upper folders and in all."""

    def __init__(self, bounds: Bounds, refused: LeftOut) -> None:
        self._bounds, self._refused = bounds, refused
        self._entries: Counter[str] = Counter()
        self._tried: Counter[str] = Counter()
        self._kept: Counter[str] = Counter()
        self._all_entries = self._all_kept = 0
        self._full: set[str] = set()

    def takes(self, name: str) -> bool:
        """Count an entry, and return whether there is room for it.

        Raises:
            TooMuch: there is none for anybody.
        """
        above = self._above(name)
        self._entries[above] += 1
        self._all_entries += 1
        if self._all_entries > self._bounds.all_entries:
            raise TooMuch(f"{self._bounds.all_entries:,} entries")
        if self._entries[above] > self._bounds.entries:
            self._leave(above, f"only the first {self._bounds.entries:,} entries are looked at")
        return above not in self._full

    def tries(self, name: str, size: int) -> None:
        """Count bytes that were read, whatever comes of them."""
        above = self._above(name)
        self._tried[above] += size
        if self._tried[above] > self._bounds.tried:
            self._leave(above, f"only {self._bounds.tried >> 20:,} MB are read")

    def keeps(self, name: str, size: int) -> bool:
        """Count a file's bytes, and return whether there is room for them.

        Raises:
            TooMuch: there is none for anybody.
        """
        above = self._above(name)
        if self._all_kept + size > self._bounds.all_kept:
            raise TooMuch(f"{self._bounds.all_kept >> 30:,} GB")
        if self._kept[above] + size > self._bounds.kept:
            self._leave(above, f"only {self._bounds.kept >> 20:,} MB are kept")
            return False
        self._kept[above] += size
        self._all_kept += size
        return True

    def _above(self, name: str) -> str:
        return "/".join(name.split("/")[: self._bounds.depth])

    def _leave(self, above: str, reason: str) -> None:
        if above not in self._full:
            self._full.add(above)
            self._refused.add(f"{above}: the rest" if above else "the rest", reason)


def read(entries: Iterable[ArchiveEntry], refused: LeftOut, bounds: Bounds) -> Listing:
    """Return the listing of some entries, read within bounds.

    Raises:
        TooMuch: it is more than can be taken in.
    """
    files: dict[str, FileContent] = {}
    others: dict[str, str] = {}
    store, room = ContentStore(), _Room(bounds, refused)
    for packed in entries:
        entry = _with_name(packed, refused)
        if not room.takes(entry.name):
            continue
        one, reason = None, ""
        try:
            one = _file(entry, bounds, room)
        except (UnsafeName, *BROKEN) as error:
            refused.add(entry.name, reason := _reason(error))
        if one is not None and room.keeps(one.name, len(bytes_of(one.content))):
            files[one.name] = one._replace(content=store.keep(bytes_of(one.content)))
        elif name := _telling(entry.name):
            others[name] = reason
    others = {name: reason for name, reason in others.items() if name not in files}
    return Listing(list(files.values()), list(others), others)


def _with_name(entry: ArchiveEntry, refused: LeftOut) -> ArchiveEntry:
    """Return an entry whose name is a text, whatever bytes it is made of, and no endless one."""
    if len(entry.name) > LONGEST_ENTRY:  # no system has such a one; only to look at it takes long
        return ArchiveEntry(entry.name[:LONGEST_NAME], "its name is too long")
    name, sure = name_on_disk(entry.name)
    if sure:
        return entry
    refused.doubt(name)
    return entry._replace(name=name)


def _file(entry: ArchiveEntry, bounds: Bounds, room: _Room) -> FileContent | None:
    """Return the file of an entry, None where it is a folder or a leftover.

    Raises:
        UnsafeName: it is neither.
    """
    if entry.reason:
        raise UnsafeName(entry.reason)
    name = contained(entry.name)
    if is_ignored(name) or entry.name.endswith("/"):
        return None
    opened = entry.open()
    if opened is None:
        return None
    with opened:
        content = _content(opened, entry.name, bounds, room)
    if len(content) > bounds.file:
        raise UnsafeName(too_large(bounds))
    return FileContent(name, content, entry.changed, entry.dated)


def _content(opened: IO[bytes], name: str, bounds: Bounds, room: _Room) -> bytes:
    """Return a file's bytes, one more than may be at most; what is read for nothing counts too."""
    pieces, size, tried = [], 0, PIECE
    try:
        while size <= bounds.file and (piece := opened.read(PIECE)):
            pieces.append(piece)
            size += len(piece)
        tried = 0
    finally:
        room.tries(name, size + tried)  # of the piece that cannot be read nobody knows the size
    return b"".join(pieces)


def too_large(bounds: Bounds) -> str:
    """Return why a file that is too large is left out."""
    return f"it has more than {bounds.file >> 20} MB"


def _reason(error: Exception) -> str:
    if isinstance(error, UnsafeName):
        return str(error)
    return f"it cannot be read: {visible(str(error) or type(error).__name__, 120)}"


def _telling(name: str) -> str:
    """Return a name that may tell whose it is though nothing is taken, "" for one that may not."""
    try:
        kept = contained(name)
    except UnsafeName:
        return ""
    if is_ignored(kept) or any(part.startswith(".") for part in kept.split("/")):
        return ""
    return f"{kept}/" if name.endswith("/") else kept
