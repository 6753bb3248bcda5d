"""Keeps what is large on disk: a course of notebooks is larger than a laptop's memory."""

from tempfile import TemporaryFile
from typing import Final, NamedTuple, TypeAlias

LARGE: Final = 64 << 10


class Spool:
    """A file without a name, which is gone when nothing in it is held any more."""

    def __init__(self) -> None:
        self._file = TemporaryFile(prefix="grade-")  # noqa: SIM115  (closed below)

    def __del__(self) -> None:
        self._file.close()

    def add(self, content: bytes) -> int:
        """Write at the end, and return where that was."""
        offset = self._file.seek(0, 2)
        self._file.write(content)
        return offset

    def read(self, offset: int, length: int) -> bytes:
        """Return so many bytes from a place."""
        self._file.seek(offset)
        return self._file.read(length)


class StoredContent(NamedTuple):
    """The place of a content on disk."""

    spool: Spool
    offset: int
    length: int


Content: TypeAlias = bytes | StoredContent


class ContentStore:
    """A store of contents; a file is made for the first that is large."""

    def __init__(self) -> None:
        self._spool: Spool | None = None

    def keep(self, content: bytes) -> Content:
        """Return a content that takes little memory."""
        if len(content) <= LARGE:
            return content
        self._spool = self._spool or Spool()
        return StoredContent(self._spool, self._spool.add(content), len(content))


def bytes_of(content: Content) -> bytes:
    """Return a content's bytes, wherever they are."""
    if isinstance(content, bytes):
        return content
    return content.spool.read(content.offset, content.length)
