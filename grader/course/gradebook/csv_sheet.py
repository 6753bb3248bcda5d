"""A CSV that somebody else owns: read cell by cell, and changed in no byte but those of a cell."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from grader.errors import Misused, at

BOM: Final = b"\xef\xbb\xbf"
DELIMITERS: Final = (b",", b";", b"\t")
LARGEST: Final = 64 * 2**20

Place: TypeAlias = tuple[int, int]
"""A row and a column, from 0; the header is row 0."""


class UnreadableSheet(Misused):
    """A file is no CSV that an LMS exports."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"cannot read {path}: {reason}", hint="name the CSV as the LMS has exported it"
        )


class Cell(NamedTuple):
    """A cell, and the bytes that it takes.

    Attributes:
        text: what it says, without quotes.
        start: its first byte in the file, the quote if there is one.
        end: the byte after its last.
    """

    text: str
    start: int
    end: int


class Sheet(NamedTuple):
    """A table in the bytes that it came in.

    Attributes:
        content: the whole file.
        rows: its cells; the first row is the header.
        delimiter: what stands between two cells.
        encoding: of what it says.
    """

    content: bytes
    rows: tuple[tuple[Cell, ...], ...]
    delimiter: bytes = b","
    encoding: str = "utf-8"

    def text(self, place: Place) -> str:
        """Return the text of a cell, "" where its row is too short."""
        row, column = place
        return self.rows[row][column].text if column < len(self.rows[row]) else ""

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(cell.text for cell in self.rows[0])


def sheet_in(file: Path) -> Sheet:
    """Return the table in a file.

    Raises:
        UnreadableSheet: it cannot be read, or is none.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST + 1)
    except OSError as error:
        raise UnreadableSheet(at(file), error.strerror or str(error)) from error
    if content[:4] == b"PK\x03\x04":
        raise UnreadableSheet(at(file), "it is a workbook of Excel's, not a CSV")
    if b"\x00" in content[:4096]:
        raise UnreadableSheet(at(file), "it is not in UTF-8")
    if len(content) > LARGEST:
        raise UnreadableSheet(at(file), f"it has more than {LARGEST // 2**20} MB")
    sheet = sheet_of(content)
    if len(sheet.rows) < 2:
        raise UnreadableSheet(at(file), "it has no rows below a header")
    return sheet


def sheet_of(content: bytes) -> Sheet:
    """Return the table that some bytes are; what separates its cells is seen from its header."""
    encoding = _encoding(content)
    begin = len(BOM) if content.startswith(BOM) else 0
    delimiter = max(DELIMITERS, key=lambda one: len(next(_rows(content, begin, one), ())))
    rows = (
        tuple(Cell(_unquoted(content[start:end], encoding), start, end) for start, end in row)
        for row in _rows(content, begin, delimiter)
    )
    return Sheet(content, tuple(rows), delimiter, encoding)


def with_cells(sheet: Sheet, values: Mapping[Place, str]) -> bytes:
    """Return the file with some cells' new texts; every other byte is what it was."""
    pieces, copied = [], 0
    for (row, column), value in sorted(values.items()):
        cells = sheet.rows[row]
        if column < len(cells):
            start, end, missing = cells[column].start, cells[column].end, 0
        else:
            start = end = cells[-1].end
            missing = column - len(cells) + 1
        was = sheet.content[start:end]
        pieces += [sheet.content[copied:start], sheet.delimiter * missing]
        pieces.append(_cell_bytes(value, sheet, quoted=was.startswith(b'"')))
        copied = end
    return b"".join([*pieces, sheet.content[copied:]])


def _rows(content: bytes, begin: int, delimiter: bytes) -> Iterator[list[tuple[int, int]]]:
    """Yield the rows, each as its cells' places."""
    cell = re.compile(rb'("(?:[^"]|"")*+"|[^%b\r\n]*+)(%b|\r\n|\r|\n|\Z)' % (delimiter, delimiter))
    row: list[tuple[int, int]] = []
    at_byte = begin
    while at_byte < len(content) or row:
        match = cell.match(content, at_byte)
        assert match is not None  # what is no cell in quotes is one without, to its delimiter
        row.append(match.span(1))
        at_byte = match.end()
        if match[2] != delimiter:
            yield row
            row = []


def _encoding(content: bytes) -> str:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _unquoted(raw: bytes, encoding: str) -> str:
    text = raw.decode(encoding, "replace")
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1].replace('""', '"')
    return text


def _cell_bytes(value: str, sheet: Sheet, *, quoted: bool) -> bytes:
    raw = value.encode(sheet.encoding, "replace")
    if quoted or any(mark in raw for mark in (sheet.delimiter, b'"', b"\r", b"\n")):
        return b'"%b"' % raw.replace(b'"', b'""')
    return raw
