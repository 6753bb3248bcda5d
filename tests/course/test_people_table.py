"""A table of a person's is read in whatever form a spreadsheet has saved it."""

from pathlib import Path

import pytest

from grader.course.people_table import PeopleTable, TableRow, UnreadTable, table_in


def table(folder: Path, content: bytes) -> PeopleTable:
    (folder / "a.csv").write_bytes(content)
    return table_in(folder / "a.csv")


def test_cells_are_known_by_their_columns_and_lines_by_their_numbers(tmp_path: Path) -> None:
    found = table(tmp_path, b'\nKey; Name \n\na;"x\ny"\n;;\nb;z;;\n')

    assert found == (
        ("key", "name"),
        (TableRow(5, {"key": "a", "name": "x\ny"}), TableRow(7, {"key": "b", "name": "z"})),
    )


def test_the_first_of_two_columns_of_one_name_counts(tmp_path: Path) -> None:
    assert table(tmp_path, b"a,b,A\n1,2,3\n").rows[0].cells == {"a": "1", "b": "2"}


def test_a_file_without_a_row_is_a_table_without_any(tmp_path: Path) -> None:
    assert table(tmp_path, b"") == ((), ())
    assert table(tmp_path, b"sep=;\n") == ((), ())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04", "it is a workbook of a spreadsheet, not a CSV: save it as CSV"),
        (b"a,b\n1,2,3\n", "line 2 has 3 cells, and the first line 2: a comma in a cell needs"),
        (b'a\n"' + b"x" * 200_000, "field larger than field limit"),
    ],
)
def test_what_is_no_table_is_said(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(UnreadTable) as raised:
        table(tmp_path, content)

    assert reason in str(raised.value)


def test_a_quote_that_is_closed_by_another_one_s_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadTable, match=r"line 2: .* is there a quote too many"):
        table(tmp_path, b'name,id\n"Ann,1\nBob,2\n"Cid",3\n')


def test_a_quote_in_a_cell_without_quotes_is_a_letter(tmp_path: Path) -> None:
    assert table(tmp_path, b'name,id\nAnn "A" Bee,1\n').rows[0].cells["name"] == 'Ann "A" Bee'


def test_a_line_separator_ends_no_line(tmp_path: Path) -> None:
    content = "name\u2028x,id\nAnn,1\n".encode()

    assert table(tmp_path, content).columns == ("name\u2028x", "id")
