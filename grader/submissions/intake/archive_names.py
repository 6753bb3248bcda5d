"""The names in an archive, which may be written in any letters of any system.

A zip says of a name that it is UTF-8, or says nothing: then it may be in whatever the system that
packed it had. What is valid UTF-8 is no other; of the rest nobody can be sure.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterable
from itertools import islice
from typing import Final, NamedTuple

IS_UTF8: Final = 0x800
UNICODE_PATH: Final = 0x7075
"""Info-ZIP's field that has a name in UTF-8, with a checksum of the one that it stands for."""

MOST_COMPARED: Final = 500
OLD: Final = "cp437"
"""In what Python reads a name of which nothing is said; it has a letter for each byte."""


class ArchiveName(NamedTuple):
    """A name in an archive, and whether it is sure how it was written."""

    text: str
    sure: bool = True


def name_in_zip(info: zipfile.ZipInfo, page: str = OLD) -> ArchiveName:
    """Return the name of an entry of a zip; where nothing tells, it is read in a code page."""
    name = info.filename
    if info.flag_bits & IS_UTF8 or name.isascii():
        return ArchiveName(name)
    try:
        raw = name.encode(OLD)
    except UnicodeEncodeError:  # a newer Python has looked into the fields itself
        return ArchiveName(name)
    told = _unicode_path(info)
    if told:
        return ArchiveName(told)
    try:
        return ArchiveName(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return ArchiveName(raw.decode(page, "replace"), sure=False)


def unsure_names(infos: Iterable[zipfile.ZipInfo]) -> list[bytes]:
    """Return the first names of a zip of which nothing tells how they are written: their bytes."""
    unsure = (info.filename.encode(OLD) for info in infos if not name_in_zip(info).sure)
    return list(islice(unsure, MOST_COMPARED))


def name_on_disk(name: str) -> ArchiveName:
    """Return a name in a folder or a tar: bytes that are no UTF-8 are read as Windows has them."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raw = name.encode("utf-8", "surrogateescape" if _is_escaped(name) else "replace")
        return ArchiveName(raw.decode("cp1252", "replace"), sure=False)
    return ArchiveName(name)


def _is_escaped(name: str) -> bool:
    """Return whether a text has bytes in it that were no UTF-8, and no other half of a letter."""
    return all(not "\ud800" <= one <= "\udfff" or "\udc80" <= one <= "\udcff" for one in name)


def _unicode_path(info: zipfile.ZipInfo) -> str:
    """Return the name in the field for it, "" where there is none that belongs to the entry."""
    extra = info.extra
    while len(extra) >= 4:
        kind, length = struct.unpack("<HH", extra[:4])
        field, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == UNICODE_PATH and len(field) > 5 and field[0] == 1:
            (checksum,) = struct.unpack("<L", field[1:5])
            if checksum == zlib.crc32(info.orig_filename.encode(OLD, "replace")):
                return field[5:].decode("utf-8", "ignore")
    return ""
