"""A table that a person has written, in whatever form their spreadsheet saves it."""

import csv
import re
import unicodedata
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Final, NamedTuple

DELIMITERS: Final = (",", ";", "\t", "|")
SAYS_WHICH: Final = "sep="
"""The first line by which Excel tells what stands between two cells."""

LARGEST: Final = 64 << 20


class UnreadTable(ValueError):
    """A file is no table; the text says why, as a clause."""


class TableLine(NamedTuple):
    """The cells of a line, without blanks around them, and its number in the file, from 1."""

    number: int
    cells: tuple[str, ...]


class TableRow(NamedTuple):
    """A row of a table: its line in the file, from 1, and its cells by their columns' names."""

    line: int
    cells: Mapping[str, str]


class PeopleTable(NamedTuple):
    """A table: the names of its columns, in small letters, and its rows that are not empty."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


def table_in(file: Path) -> PeopleTable:
    """Return the table in a file.

    It may be saved as UTF-8 or UTF-16, or as Windows does, with commas, semicolons or tabs; a
    column may be named in letters of any size.

    Raises:
        FileNotFoundError: there is none.
        OSError: it cannot be read.
        UnreadTable: it is none, or a row has more cells than there are columns.
    """
    with file.open("rb") as opened:
        content = opened.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise UnreadTable(f"it has more than {LARGEST >> 20} MB")
    if content[:4] == b"PK\x03\x04":
        raise UnreadTable("it is a workbook of a spreadsheet, not a CSV: save it as CSV")
    text = unicodedata.normalize("NFC", _text(content))
    delimiter = _delimiter(text)
    every = list(_lines(text, delimiter))
    filled = [one for one in every if any(one.cells) and not _says_which(delimiter.join(one.cells))]
    columns = tuple(name.casefold() for name in filled[0].cells) if filled else ()
    return PeopleTable(columns, tuple(_row(one, columns) for one in filled[1:]))


def _lines(text: str, delimiter: str) -> Iterator[TableLine]:
    """Yield the lines of a table.

    Raises:
        UnreadTable: quotes do not stand around whole cells: who would be in one is nobody's guess.
    """
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            yield TableLine(reader.line_num, tuple(map(str.strip, cells)))
            begins = reader.line_num + 1
    except csv.Error as error:
        says = f"line {begins}: {error}; is there a quote too many, or one too few?"
        raise UnreadTable(says) from error


def _row(line: TableLine, columns: Sequence[str]) -> TableRow:
    """Return a row.

    Raises:
        UnreadTable: it has more cells than there are columns.
    """
    number, cells = line
    if any(cells[len(columns) :]):
        raise UnreadTable(
            f"line {number} has {len(cells)} cells, and the first line {len(columns)}: "
            'a comma in a cell needs quotes around it, "4,5"'
        )
    row: dict[str, str] = {}
    for name, cell in zip(columns, cells, strict=False):
        row.setdefault(name, cell)  # the first of two columns of one name counts
    return TableRow(number, row)


def _delimiter(text: str) -> str:
    """Return what stands between two cells: what the first line says, or has the most of."""
    first = next((line for line in re.split("[\r\n]", text) if line.strip()), "")
    if _says_which(first):
        return first.strip()[len(SAYS_WHICH) :] or "\t"
    return max(DELIMITERS, key=lambda one: len(next(csv.reader([first], delimiter=one), [])))


def _says_which(line: str) -> bool:
    return line.strip().casefold().startswith(SAYS_WHICH) and len(line.strip()) <= 5


def _text(content: bytes) -> str:
    if content.startswith(BOM_UTF8):
        return content.decode("utf-8-sig", "replace")
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    if b"\0" in content[:4096]:  # UTF-16 without its mark: most letters have a byte of zero
        return content.decode("utf-16-le" if content[1:2] == b"\0" else "utf-16-be", "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
