"""A score is written as its neighbours write numbers, and never over what has to stay."""

import pytest

from grader.course.gradebook.csv_sheet import sheet_of
from grader.course.gradebook.fill_column import (
    CellChange,
    FillOptions,
    Target,
    fill,
    is_new,
    number_in,
    written_number,
)
from grader.course.gradebook.matching import RowMatches
from tests.course.gradebook.sample import ANT, BEE, got

SHEET = sheet_of("Name;Powers;Words\nAlice;;\nZoë;4,0;Good\n".encode())
ROWS = RowMatches({ANT.key: 1, BEE.key: 2}, ("Cy: no row with their name",))
TARGET = Target(column=1, names=(0,), possible=10.0, locked=lambda _: "", comments=2)
OPTIONS = FillOptions(("Powers",))


@pytest.mark.parametrize(
    ("text", "number"),
    [("4", 4.0), (" 4,50 ", 4.5), ("4.5", 4.5), ("", None), ("EX", None), ("1,234.5", None)],
)
def test_a_cell_s_number_is_read_with_a_point_or_a_comma(text: str, number: float | None) -> None:
    assert number_in(text) == number


@pytest.mark.parametrize(
    ("beside", "text"),
    [(["4,0", ""], "2.5".replace(".", ",")), (["4.0"], "2.5"), (["a, b"], "2.5")],
)
def test_a_score_is_written_with_the_column_s_comma(beside: list[str], text: str) -> None:
    assert written_number(2.5, beside) == text


def test_the_same_number_in_another_spelling_is_not_new() -> None:
    assert not is_new("4,00", "4")
    assert is_new("", "0")
    assert is_new("EX", "4")


def test_only_what_says_something_else_changes() -> None:
    filled = fill(SHEET, [got(ANT, 2.5), got(BEE, 4.0)], ROWS, TARGET, OPTIONS)

    assert filled.changes == (CellChange("Alice", "", "2,5"),)
    assert (filled.same, filled.kept) == (1, ())
    assert filled.lost == ("Cy: no row with their name",)
    assert filled.notes == ("the LMS counts 10 points, we 5: --scale converts",)
    assert filled.content.decode().splitlines()[1].startswith("Alice;2,5;")


def test_a_share_of_the_lms_s_points_is_written_if_asked() -> None:
    options = OPTIONS._replace(scaled=True, comments="none")

    filled = fill(SHEET, [got(ANT, 2.5)], ROWS, TARGET, options)

    assert filled.content == "Name;Powers;Words\nAlice;5;\nZoë;4,0;Good\n".encode()
    assert filled.notes == ()


def test_neither_a_locked_cell_nor_one_without_a_score_is_written() -> None:
    locked = TARGET._replace(locked=lambda row: "excused" if row == 1 else "")

    filled = fill(SHEET, [got(ANT, 2.5), got(BEE, None)], ROWS, locked, OPTIONS)

    assert filled.content == SHEET.content
    assert filled.kept == ("Alice: excused", "Zoë: nothing could be graded")


def test_words_of_a_person_are_written_over_only_if_asked() -> None:
    score = got(BEE, 4.0)._replace(comment="tanh is to be fixed")

    for comments, words in (("blank", "Good"), ("all", "tanh is to be fixed")):
        options = OPTIONS._replace(comments=comments)
        filled = fill(SHEET, [score], ROWS, TARGET, options)
        assert filled.content.decode().splitlines()[2] == f"Zoë;4,0;{words}"


def test_words_of_ours_are_replaced() -> None:
    quoted = sheet_of(b'Name;Powers;Words\nAlice;3;"Powers: 3 of 5; to fix: tanh"\n')
    score = got(ANT, 5.0)._replace(comment="Powers: 5 of 5")

    filled = fill(quoted, [score], ROWS, TARGET._replace(possible=5.0), OPTIONS)

    assert filled.content == b'Name;Powers;Words\nAlice;5;"Powers: 5 of 5"\n'


def test_words_that_the_lms_gives_back_in_another_form_are_the_same() -> None:
    sheet = sheet_of(b'Name;Powers;Words\nAlice;3;"Powers: 3 of 5<br>a &lt; b"\n')
    score = got(ANT, 3.0)._replace(comment="Powers: 3 of 5\na < b")

    filled = fill(sheet, [score], ROWS, TARGET._replace(possible=5.0), OPTIONS)

    assert filled.content == sheet.content


@pytest.mark.parametrize(
    ("takes_more", "scaled", "written"),
    [(False, None, False), (False, False, False), (True, None, False), (True, False, True)],
)
def test_more_points_than_there_are_go_where_they_are_taken_and_meant(
    takes_more: bool, scaled: bool | None, written: bool
) -> None:
    target = TARGET._replace(possible=2.0, takes_more=takes_more)

    filled = fill(SHEET, [got(ANT, 2.5)], ROWS, target, OPTIONS._replace(scaled=scaled))

    assert bool(filled.changes) is written
    assert bool(filled.barred) is not written
    assert filled.other_points == (None if scaled is False else (2.0, 5.0))


def test_what_differs_in_decimals_that_the_lms_does_not_keep_is_the_same() -> None:
    sheet = sheet_of(b"Name;Powers\nAlice;2.00\n")
    target = TARGET._replace(possible=3.33, comments=None, decimals=2)
    score = got(ANT, 3.0)

    filled = fill(sheet, [score], ROWS, target, OPTIONS._replace(scaled=True))

    assert (filled.same, filled.changes) == (1, ())
    assert fill(
        sheet, [score], ROWS, target._replace(decimals=4), OPTIONS._replace(scaled=True)
    ).changes == (CellChange("Alice", "2.00", "1.998"),)
