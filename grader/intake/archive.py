"""Reads a folder, a zip or a tar: bounded, and no name in it ever becomes a file.

Archives are hostile: links, devices, names that lead elsewhere, sizes that lie and bombs are left
out, each with a line that says so, and the rest is taken. Of entries of the same name the last
counts, as for whatever unpacks them.
"""

import os
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, NamedTuple

from grader.errors import NothingToGrade, at
from grader.intake.names import Unsafe, is_ignored, safe
from grader.intake.stored import Content, Store, bytes_of
from grader.visible import visible

MOST_TOLD = 50
ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
BROKEN = (
    *(OSError, EOFError, ValueError, RuntimeError, NotImplementedError, zlib.error),
    *(zipfile.BadZipFile, tarfile.TarError),
)


class Bounds(NamedTuple):
    """How much is read at most.

    Attributes:
        entries: how many entries are looked at.
        file: bytes of one file.
        kept: bytes of all files.
        passed: bytes of a tar, where what is left out has to be read over.
    """

    entries: int = 50_000
    file: int = 64 << 20
    kept: int = 16 << 30
    passed: int = 4 << 30


BOUNDS = Bounds()
ONES = Bounds(entries=10_000, file=64 << 20, kept=256 << 20, passed=1 << 30)
"""For the archive of one student."""


class Unopened(NothingToGrade):
    """What was handed in cannot be opened."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"{path} cannot be opened: {reason}",
            hint="name a folder, a zip or a tar; download it once more if it is damaged",
        )


class Found(NamedTuple):
    """A file.

    Attributes:
        name: with slashes.
        content: its bytes, or where they are kept.
        changed: when, in seconds since some day, where an archive says it, else 0: in a folder that
            was copied it says little.
    """

    name: str
    content: Content
    changed: float = 0.0


class Refused:
    """What was left out, and why, as far as there is room to tell."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._more = 0

    def add(self, name: str, reason: str) -> None:
        """Tell of one more."""
        if len(self._lines) < MOST_TOLD:
            self._lines.append(f"{visible(name, 200)}: {reason}")
        else:
            self._more += 1

    def lines(self) -> tuple[str, ...]:
        """Return a line each, and how many more there are."""
        return (*self._lines, *([f"and {self._more:,} more"] if self._more else []))


class _Entry(NamedTuple):
    """Something in an archive or a folder, not yet read; `reason` says why it cannot be."""

    name: str
    reason: str = ""
    open: Callable[[], IO[bytes] | None] = lambda: None
    changed: float = 0.0


def files_in(where: Path, refused: Refused, bounds: Bounds = BOUNDS) -> list[Found]:
    """Return the files of a folder or an archive.

    Raises:
        Unopened: it is neither.
    """
    if where.is_dir():
        return _read(_of_folder(where), refused, bounds)
    if not where.is_file():
        raise Unopened(at(where), "it does not exist")
    try:
        with where.open("rb") as file:
            return _unpacked(where.name, file, refused, bounds)
    except OSError as error:
        raise Unopened(at(where), error.strerror or str(error)) from error


def nested(found: Found, refused: Refused, bounds: Bounds = ONES) -> list[Found]:
    """Return the files of an archive that a student handed in, nothing where it is none."""
    try:
        return _unpacked(found.name, BytesIO(bytes_of(found.content)), refused, bounds)
    except Unopened as error:
        refused.add(found.name, error.message)
        return []


def is_archive(name: str) -> bool:
    """Return whether a file calls itself an archive."""
    return name.lower().endswith(ARCHIVES)


def _unpacked(name: str, file: IO[bytes], refused: Refused, bounds: Bounds) -> list[Found]:
    try:
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as zipped:
                return _read(_of_zip(zipped, bounds), refused, bounds)
        file.seek(0)
        with tarfile.open(fileobj=file) as tar:
            return _read(_of_tar(tar, bounds), refused, bounds)
    except tarfile.ReadError as error:
        raise Unopened(visible(name, 200), "it is no zip and no tar, or damaged") from error
    except BROKEN as error:
        reason = str(error) or type(error).__name__
        raise Unopened(visible(name, 200), visible(reason, 200)) from error


def _read(entries: Iterable[_Entry], refused: Refused, bounds: Bounds) -> list[Found]:
    """Return what can be read of some entries, within bounds."""
    found: dict[str, Found] = {}
    store, kept = Store(), 0
    for number, entry in enumerate(entries, start=1):
        if number > bounds.entries:
            refused.add("the rest", f"only the first {bounds.entries:,} entries are looked at")
            break
        try:
            one = _file(entry, bounds)
        except Unsafe as error:
            refused.add(entry.name, str(error))
            continue
        except BROKEN as error:
            refused.add(entry.name, f"it cannot be read: {visible(str(error), 120)}")
            continue
        if one is None:
            continue
        content = bytes_of(one.content)
        kept += len(content)
        if kept > bounds.kept:
            refused.add("the rest", f"only {bounds.kept >> 20:,} MB are kept")
            break
        found[one.name] = one._replace(content=store.keep(content))
    return list(found.values())


def _file(entry: _Entry, bounds: Bounds) -> Found | None:
    """Return the file of an entry, None where it is a folder or a leftover.

    Raises:
        Unsafe: it is neither.
    """
    if entry.reason:
        raise Unsafe(entry.reason)
    name = safe(entry.name)
    if is_ignored(name):
        return None
    opened = entry.open()
    if opened is None:
        return None
    with opened:
        content = opened.read(bounds.file + 1)
    if len(content) > bounds.file:
        raise Unsafe(_too_large(bounds))
    return Found(name, content, entry.changed)


def _too_large(bounds: Bounds) -> str:
    return f"it has more than {bounds.file >> 20} MB"


def _of_folder(folder: Path) -> Iterator[_Entry]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not is_ignored(name))
        for name in sorted((*names, *folders)):
            path = Path(place, name)
            told = path.relative_to(folder).as_posix()
            if path.is_symlink():
                yield _Entry(told, "it is a link")
            elif path.is_file():
                yield _Entry(told, open=_opening(path))
            elif not path.is_dir():
                yield _Entry(told, "it is no regular file")


def _opening(path: Path) -> Callable[[], IO[bytes]]:
    return lambda: path.open("rb")


def _of_zip(archive: zipfile.ZipFile, bounds: Bounds) -> Iterator[_Entry]:
    for info in archive.infolist():
        kind = info.external_attr >> 28  # the file's type, where a Unix has packed it
        if info.is_dir():
            continue
        if info.flag_bits & 1:
            yield _Entry(info.filename, "it is encrypted")
        elif info.file_size > bounds.file:
            yield _Entry(info.filename, _too_large(bounds))
        elif kind not in (0, 8):
            yield _Entry(info.filename, "it is a link" if kind == 10 else "it is no regular file")
        else:
            changed = _seconds(*info.date_time)
            yield _Entry(info.filename, open=_unzipping(archive, info), changed=changed)


def _seconds(*parts: int) -> float:
    """Return a zip's date as seconds that are right in order; it may be no date at all."""
    seconds = 0
    for part, most in zip(parts, (0, 12, 31, 24, 60, 60), strict=True):
        seconds = seconds * most + part
    return float(seconds)


def _unzipping(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    return lambda: archive.open(info)


def _of_tar(archive: tarfile.TarFile, bounds: Bounds) -> Iterator[_Entry]:
    passed = 0
    for info in archive:
        passed += info.size
        if passed > bounds.passed:
            yield _Entry("the rest", f"only {bounds.passed >> 20:,} MB are read")
            return
        if info.isdir():
            continue
        if info.issym() or info.islnk():
            yield _Entry(info.name, "it is a link")
        elif not info.isfile():
            yield _Entry(info.name, "it is no regular file")
        else:
            opened = _untarring(archive, info)
            yield _Entry(info.name, open=opened, changed=float(info.mtime))


def _untarring(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Callable[[], IO[bytes] | None]:
    return lambda: archive.extractfile(info)
