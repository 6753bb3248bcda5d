"""Opens a folder, a zip or a tar; no name in it ever becomes a file.

Archives are hostile: links, devices, names that lead elsewhere, sizes that lie and bombs are left
out, each with a line that says so, and the rest is taken. Of entries of the same name the last
counts, as for whatever unpacks them.
"""

import bz2
import gzip
import lzma
import os
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from grader.engines.text import visible
from grader.errors import at
from grader.submissions.intake.archive_names import name_in_zip, unsure_names
from grader.submissions.intake.bounded_reading import (
    BOUNDS,
    BROKEN,
    ONES,
    ArchiveEntry,
    Bounds,
    FileContent,
    Listing,
    TooMuch,
    UnopenedFile,
    read,
    too_large,
)
from grader.submissions.intake.entry_times import entry_time
from grader.submissions.intake.left_out import MOST_TOLD_OF_ONE, LeftOut
from grader.submissions.intake.lms.code_pages import likely_page, other_readings
from grader.submissions.intake.safe_names import is_ignored
from grader.submissions.intake.spool import bytes_of
from grader.submissions.kinds import kind_of

ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
UNREAD = (
    ".rar",
    ".7z",
    ".gz",
    ".bz2",
    ".xz",
    ".zst",
    ".lzma",
    ".lz4",
    ".arj",
    ".cab",
    ".dmg",
    ".iso",
)
OTHER_KINDS = ((b"Rar!", "rar"), (b"7z\xbc\xaf\x27\x1c", "7z"))
BOUNDED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How zips are packed that can be unpacked a piece at a time; of others a line may be gigabytes."""

PACKED: tuple[tuple[bytes, Callable[[Any], Any]], ...] = (
    (b"\x1f\x8b", gzip.open),
    (b"BZh", bz2.open),
    (b"\xfd7zXZ", lzma.open),
)
ALWAYS_KEPT, MOST_PACKED = 32 << 20, 20
"""Text is packed to a tenth; what becomes more than twenty times as much is made to fill a disk."""

ENVIRONMENT = "pyvenv.cfg"
COURSE = ("batch.json", "ledger.jsonl")


class _Careful:
    """A tar's stream: a header that says it is longer than any file is not read at all."""

    def __init__(self, file: IO[bytes], most: int) -> None:
        self._file, self._most = file, most
        self.tell, self.seek = file.tell, file.seek

    def read(self, size: int) -> bytes:
        if size > self._most:
            raise ValueError(f"a header of {size >> 20} MB")
        return self._file.read(size)


def files_in(where: Path, refused: LeftOut, bounds: Bounds = BOUNDS, names_in: str = "") -> Listing:
    """Return the listing of a folder or an archive.

    Args:
        where: it is.
        refused: takes what is left out.
        bounds: on what is read.
        names_in: the code page of names of which an archive does not say it.

    Raises:
        UnopenedFile: it is neither.
        TooMuch: it is more than can be taken in.
    """
    if where.is_dir():
        return read(_of_folder(where, refused, bounds), refused, bounds)
    if not where.is_file():
        raise UnopenedFile(at(where), "it does not exist")
    try:
        with where.open("rb") as file:
            return _unpacked(where.name, file, refused, bounds, names_in)
    except OSError as error:
        raise UnopenedFile(at(where), error.strerror or str(error)) from error


def nested(
    file: FileContent, refused: LeftOut, bounds: Bounds = ONES, names_in: str = ""
) -> Listing:
    """Return the listing of an archive that lies in another one, nothing where it is none."""
    try:
        content = BytesIO(bytes_of(file.content))
        return _unpacked(file.name, content, refused, bounds, names_in)
    except UnopenedFile as error:
        refused.add(file.name, f"it cannot be opened: {error.reason}")
    except TooMuch as error:
        refused.add(file.name, error.message)
    return Listing([], [])


def unpacked(
    name: str, packed: bytes, bounds: Bounds = ONES
) -> tuple[list[FileContent], tuple[str, ...]]:
    """Return the files of a student's archive, with their bytes, and what is left out of it.

    A small archive is not unpacked into much, whatever the bounds are.
    """
    refused, kept = LeftOut(), max(ALWAYS_KEPT, MOST_PACKED * len(packed))
    bounds = bounds._replace(kept=min(bounds.kept, kept))
    files = nested(FileContent(name, packed), refused, bounds).files
    contents = [one._replace(content=bytes_of(one.content)) for one in files]
    return contents, refused.lines(MOST_TOLD_OF_ONE)


def is_archive(name: str) -> bool:
    """Return whether a file calls itself an archive."""
    return name.lower().endswith(ARCHIVES)


def is_unread_archive(name: str) -> bool:
    """Return whether a file calls itself an archive of a kind that is not opened."""
    return name.lower().endswith(UNREAD)


def stem_of_archive(name: str) -> str:
    """Return an archive's name without its ending."""
    ends = (ending for ending in sorted(ARCHIVES, key=len) if name.lower().endswith(ending))
    return name[: len(name) - max(map(len, ends), default=0)] or name


def _unpacked(
    name: str, file: IO[bytes], refused: LeftOut, bounds: Bounds, names_in: str = ""
) -> Listing:
    try:
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as zipped:
                return read(_of_zip(zipped, bounds, refused, names_in), refused, bounds)
        with _tar(file, bounds, names_in) as tar:
            return read(_of_tar(tar, bounds), refused, bounds)
    except tarfile.ReadError as error:
        raise UnopenedFile(visible(name, 200), _no_archive(file)) from error
    except BROKEN as error:
        reason = str(error) or type(error).__name__
        raise UnopenedFile(visible(name, 200), visible(reason, 200)) from error


def _no_archive(file: IO[bytes]) -> str:
    """Return what a file is that can be opened neither as a zip nor as a tar."""
    with suppress(OSError, ValueError):
        file.seek(0)
        begins = file.read(8)
        for magic, kind in OTHER_KINDS:
            if begins.startswith(magic):
                return f"it is a {kind}, whatever its name says; a zip and a tar can be opened"
    return "it is no zip and no tar, or damaged"


def _tar(file: IO[bytes], bounds: Bounds, names_in: str) -> tarfile.TarFile:
    file.seek(0)
    begins = file.read(8)
    file.seek(0)
    opened = next((opens(file) for magic, opens in PACKED if begins.startswith(magic)), file)
    careful: Any = _Careful(opened, bounds.file + tarfile.BLOCKSIZE)
    return tarfile.open(fileobj=careful, mode="r:", encoding=names_in or "utf-8")


def _of_folder(folder: Path, refused: LeftOut, bounds: Bounds) -> Iterator[ArchiveEntry]:
    def tell(error: OSError) -> None:
        place = os.path.relpath(str(error.filename or folder), folder)
        refused.add(place.replace(os.sep, "/"), f"it cannot be read: {error.strerror}")

    for place, folders, names in os.walk(folder, onerror=tell):
        if ENVIRONMENT in names:  # Python's own, and nobody wrote it
            folders.clear()
            continue
        if Path(place) == folder:
            for name in [name for name in folders if _is_course(folder / name)]:
                refused.add(name, "it is what `grade batch` has written")
                folders.remove(name)
        folders[:] = sorted(name for name in folders if not is_ignored(name))
        if Path(place) != folder and len(names) > bounds.entries:
            names.sort(key=lambda name: (not kind_of(name), name))
            del names[bounds.entries :]
            above = f"{Path(place).relative_to(folder).as_posix()}: the rest"
            refused.add(above, f"only {bounds.entries:,} files of a folder are looked at")
        for name in sorted((*names, *folders)):
            path = Path(place, name)
            yield _of_path(path, path.relative_to(folder).as_posix())


def _is_course(folder: Path) -> bool:
    return all(os.path.isfile(folder / name) for name in COURSE)


def _of_path(path: Path, name: str) -> ArchiveEntry:
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        return ArchiveEntry(name, f"it cannot be read: {error.strerror}")
    if stat.S_ISLNK(mode):
        return ArchiveEntry(name, "it is a link")
    if stat.S_ISREG(mode):
        return ArchiveEntry(name, open=lambda: path.open("rb"))
    if stat.S_ISDIR(mode):
        return ArchiveEntry(f"{name}/")
    return ArchiveEntry(name, "it is no regular file")


def _of_zip(
    archive: zipfile.ZipFile, bounds: Bounds, refused: LeftOut, names_in: str
) -> Iterator[ArchiveEntry]:
    unsure = unsure_names(archive.infolist())
    page = names_in or likely_page(unsure)
    if unsure and not names_in:
        refused.doubt_readings(other_readings(unsure, page))
    for info in archive.infolist():
        name, sure = name_in_zip(info, page)
        if not (sure or names_in):
            refused.doubt(name)
        name = name.replace("\\", "/")  # as some of Windows' tools have them
        kind = info.external_attr >> 28  # the file's type, where a Unix has packed it
        if name.endswith("/"):
            yield ArchiveEntry(name)
        elif info.flag_bits & 1:
            yield ArchiveEntry(name, "it is encrypted")
        elif info.file_size > bounds.file:
            yield ArchiveEntry(name, too_large(bounds))
        elif kind not in (0, 8):
            yield ArchiveEntry(name, "it is a link" if kind == 10 else "it is no regular file")
        elif info.compress_type not in BOUNDED:
            yield ArchiveEntry(name, "it is packed in a way that few can read: pack it as usual")
        else:
            changed, dated = _seconds(*info.date_time), entry_time(info.date_time)
            opened = _unzipping(archive, info)
            yield ArchiveEntry(name, open=opened, changed=changed, dated=dated)


def _seconds(*parts: int) -> float:
    """Return a zip's date as seconds that are right in order; it may be no date at all."""
    seconds = 0
    for part, most in zip(parts, (0, 12, 31, 24, 60, 60), strict=True):
        seconds = seconds * most + part
    return float(seconds)


def _unzipping(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    return lambda: archive.open(info)


def _of_tar(archive: tarfile.TarFile, bounds: Bounds) -> Iterator[ArchiveEntry]:
    passed = 0
    for info in archive:
        passed += info.size
        if passed > bounds.passed:
            if bounds.depth:  # somebody's who comes later would not be seen
                raise TooMuch(f"{bounds.passed >> 30:,} GB")
            yield ArchiveEntry("the rest", f"only {bounds.passed >> 20:,} MB are read")
            return
        if info.isdir():
            yield ArchiveEntry(f"{info.name}/")
        elif info.issym() or info.islnk():
            yield ArchiveEntry(info.name, "it is a link")
        elif not info.isfile() or info.issparse():  # a sparse one has holes, and any size
            yield ArchiveEntry(info.name, "it is no regular file")
        else:
            opened = _untarring(archive, info)
            yield ArchiveEntry(info.name, open=opened, changed=float(info.mtime))


def _untarring(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Callable[[], IO[bytes] | None]:
    return lambda: archive.extractfile(info)
