"""A CSV that somebody else owns: read cell by cell, and changed in no byte but those of a cell."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from grader.errors import Misused, at

BOM: Final = b"\xef\xbb\xbf"
SEPARATOR_LINE: Final = re.compile(
    rb'(?:\xef\xbb\xbf)?(?P<line>"?sep=[^\r\n]?"?(?:\r\n|\r|\n))', re.I
)
"""The first line by which Excel tells what stands between two cells."""

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
        notes: how it differs from the file that it was in, a line each.
    """

    content: bytes
    rows: tuple[tuple[Cell, ...], ...]
    delimiter: bytes = b","
    encoding: str = "utf-8"
    notes: tuple[str, ...] = ()

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
    if len(content) > LARGEST:
        raise UnreadableSheet(at(file), f"it has more than {LARGEST // 2**20} MB")
    content, notes = _as_an_lms_reads_it(file, content)
    sheet = sheet_of(content)._replace(notes=notes)
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


def without(sheet: Sheet, rows: Container[int], columns: Container[int] = ()) -> bytes:
    """Return the file without some rows, and without some columns in all of them.

    Args:
        sheet: the table.
        rows: the numbers of the rows to leave out; the header is row 0.
        columns: the numbers of the columns to leave out.
    """
    pieces = []
    for number, cells in enumerate(sheet.rows):
        begins = cells[0].start if number else 0
        after = sheet.rows[number + 1 :][:1]
        ends = after[0][0].start if after else len(sheet.content)
        if number and number in rows:
            continue
        kept = [one for index, one in enumerate(cells) if index not in columns]
        head = sheet.content[begins : cells[0].start]
        body = sheet.delimiter.join(sheet.content[one.start : one.end] for one in kept)
        pieces.append(head + body + sheet.content[cells[-1].end : ends])
    return b"".join(pieces)


def _as_an_lms_reads_it(file: Path, content: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Return the content in UTF-8 where it is in UTF-16, without Excel's own first line.

    An LMS reads neither: it would take the line for the header.

    Raises:
        UnreadableSheet: it is no text at all.
    """
    notes = []
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or b"\0" in content[:4096]:
        encoding = "utf-16" if content[:2] in (BOM_UTF16_LE, BOM_UTF16_BE) else "utf-16-le"
        try:
            content = BOM + content.decode(encoding).encode()
        except UnicodeDecodeError as error:
            raise UnreadableSheet(at(file), "it is neither in UTF-8 nor in UTF-16") from error
        if b"\0" in content:
            raise UnreadableSheet(at(file), "it is neither in UTF-8 nor in UTF-16")
        notes.append("the file is in UTF-16, which an LMS does not read: it is written in UTF-8")
    if line := SEPARATOR_LINE.match(content):
        content = content[: line.start("line")] + content[line.end() :]
        notes.append("its first line, by which Excel tells the separator, is left out for the LMS")
    return content, tuple(notes)


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
