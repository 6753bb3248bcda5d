"""Somebody else's CSV is read cell by cell, and changed in no byte but those of a cell."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.gradebook.csv_sheet import (
    BOM,
    UnreadableSheet,
    sheet_in,
    sheet_of,
    with_cells,
    without,
)

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=12)
TABLES = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(TEXTS, min_size=width, max_size=width), min_size=2, max_size=6)
)


def as_csv(rows: list[list[str]], delimiter: str, end: str, quoting: int) -> bytes:
    text = StringIO(newline="")
    csv.writer(
        text,
        delimiter=delimiter,
        lineterminator=end,
        quoting=quoting,  # type: ignore[arg-type]
    ).writerows(rows)
    return text.getvalue().encode()


@given(
    rows=TABLES,
    layout=st.tuples(
        st.sampled_from([",", ";", "\t"]),
        st.sampled_from(["\n", "\r\n"]),
        st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    ),
    bom=st.sampled_from([BOM, b""]),
    data=st.data(),
)
def test_a_cell_changes_and_nothing_else(
    rows: list[list[str]], layout: tuple[str, str, int], bom: bytes, data: st.DataObject
) -> None:
    rows[0] = [f"column {number}" for number in range(len(rows[0]))]
    content = bom + as_csv(rows, *layout)
    row = data.draw(st.integers(1, len(rows) - 1))
    column = data.draw(st.integers(0, len(rows[0]) - 1))
    new = data.draw(TEXTS)

    sheet = sheet_of(content)
    cell = sheet.rows[row][column]
    after = with_cells(sheet, {(row, column): new})

    assert [[cell.text for cell in cells] for cells in sheet.rows] == rows
    assert after[: cell.start] == content[: cell.start]
    assert after[len(after) - (len(content) - cell.end) :] == content[cell.end :]
    rows[row][column] = new
    assert [[cell.text for cell in cells] for cells in sheet_of(after).rows] == rows


@given(content=st.binary(max_size=200))
def test_any_bytes_are_a_table_that_stays_as_it_is(content: bytes) -> None:
    assert with_cells(sheet_of(content), {}) == content


def test_a_row_that_is_too_short_is_made_longer() -> None:
    sheet = sheet_of(b"a,b,c\n1\n2,3,4\n")

    assert with_cells(sheet, {(1, 2): "x"}) == b"a,b,c\n1,,x\n2,3,4\n"


def test_a_file_of_windows_stays_one() -> None:
    sheet = sheet_of("name,score\nZoë,\n".encode("cp1252"))

    assert sheet.text((1, 0)) == "Zoë"
    assert with_cells(sheet, {(1, 1): "für"}) == "name,score\nZoë,für\n".encode("cp1252")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\x03\x04...", "a workbook of Excel's"),
        (b"Student,ID\n\x00\xd8", "neither in UTF-8 nor in UTF-16"),
        (b"\x00\x01\x00\x00,ID\nA,1\n", "neither in UTF-8 nor in UTF-16"),
        (b"Student,ID\n", "no rows below a header"),
        (b"", "no rows below a header"),
    ],
)
def test_what_is_no_csv_is_said(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "gradebook.csv"
    file.write_bytes(content)

    with pytest.raises(UnreadableSheet, match=says) as raised:
        sheet_in(file)

    assert raised.value.hint == "name the CSV as the LMS has exported it"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_a_file_in_utf_16_becomes_one_in_utf_8(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "sheet.csv"
    file.write_bytes("name\tscore\nZoë\t\n".encode(encoding))

    sheet = sheet_in(file)

    assert sheet.text((1, 0)) == "Zoë"
    assert with_cells(sheet, {(1, 1): "4"}) == BOM + "name\tscore\nZoë\t4\n".encode()
    assert len(sheet.notes) == 1


@pytest.mark.parametrize("line", [b"sep=;\r\n", b'"sep=;"\n', b"SEP=;\r"])
@pytest.mark.parametrize("bom", [BOM, b""])
def test_the_line_that_tells_excel_the_separator_is_left_out(
    tmp_path: Path, line: bytes, bom: bytes
) -> None:
    file = tmp_path / "sheet.csv"
    file.write_bytes(bom + line + b"name;score\nAnt;\n")

    sheet = sheet_in(file)

    assert sheet.header == ("name", "score")
    assert with_cells(sheet, {(1, 1): "4"}) == bom + b"name;score\nAnt;4\n"
    assert len(sheet.notes) == 1


def test_rows_and_columns_can_be_left_out_and_nothing_else_changes() -> None:
    sheet = sheet_of(BOM + b'a,"b",c\r\n1,"2, 3",4\r\n\r\n5,6,7\r\n8,9')

    assert without(sheet, ()) == sheet.content
    assert without(sheet, {1, 2}) == BOM + b'a,"b",c\r\n5,6,7\r\n8,9'
    assert without(sheet, {0, 3, 4}, {1}) == BOM + b"a,c\r\n1,4\r\n\r\n"


def test_a_file_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSheet, match=r"gradebook\.csv: No such file"):
        sheet_in(tmp_path / "gradebook.csv")
