"""Scores are a table that nbgrader's tools read, and that no spreadsheet reckons with."""

import csv
from io import StringIO

import pytest

from grader.course.gradebook.formulas import harmless
from grader.course.gradebook.score_table import COLUMNS, nbgraders, table
from grader.course.marks import Mark, ScoredCheck
from grader.submissions.student import Student

ANT = Student("ant", "Ant, Alice", "=4711", "2", "Alice", "Ant", "alice@example.org")
CHECKS = (ScoredCheck("a", "passed", 2.0, 2.0), ScoredCheck("b", "failed", 0.5, 1.0))


def rows(*marks: Mark) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(table(marks))))


def test_nbgraders_columns_come_first_then_one_for_each_check() -> None:
    mark = Mark(ANT, "my475/ex9", "Powers", 2.5, 3.0, 3.0, 0.5, "2026-10-10", checks=CHECKS)

    (row,) = rows(mark)

    assert tuple(row)[: len(COLUMNS)] == COLUMNS
    assert tuple(row)[-2:] == ("ex9.a", "ex9.b")
    assert [row[name] for name in ("score", "raw_score", "late_submission_penalty")] == [
        *("2.5", "3", "0.5")
    ]
    assert [row["ex9.a"], row["ex9.b"]] == ["2", "0.5"]


def test_nothing_graded_is_no_score_rather_than_zero() -> None:
    (row,) = rows(Mark(ANT, "my475/ex9", "Powers", None, 3.0, problem="no script"))

    assert (row["score"], row["raw_score"], row["problem"]) == ("", "", "no script")


def test_a_check_that_one_exercise_has_is_empty_for_another() -> None:
    first = Mark(ANT, "my475/ex9", "Powers", 2.5, 3.0, checks=CHECKS)
    other = Mark(
        ANT, "my475/ex8", "Names", 1.0, 1.0, checks=(ScoredCheck("a", "passed", 1.0, 1.0),)
    )

    assert [row["ex8.a"] for row in rows(first, other)] == ["", "1"]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+49 30", "@SUM(A1)", "-cmd|' /C calc'!A0", "\t=1", "\r=1", "-", "=", "- 1", "+1 "],
)
def test_what_a_spreadsheet_would_reckon_with_is_a_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        *((f"{sign}1+1", f"'{sign}1+1") for sign in "＝＋－＠"),
        *((f"a{end}=1", f"a{end}'=1") for end in (";", "\t", "|", "\n", "\r")),
        ("a;＝1;b", "a;'＝1;b"),
        ("=a;=1", "'=a;'=1"),
    ],
)
def test_a_cell_is_a_text_in_every_country(text: str, shown: str) -> None:
    assert harmless(text) == shown


@pytest.mark.parametrize("text", ["late; -1 point", "a; b", "1;2"])
def test_a_sentence_with_semicolons_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize("text", ["-1", "+2.5", "-1e-3", "", "a=1", "1-2", "Ant, Alice"])
def test_what_is_a_number_or_no_formula_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_an_id_that_looks_like_a_formula_is_a_text_in_the_table() -> None:
    assert rows(Mark(ANT, "my475/ex9", "Powers", 1.0, 3.0))[0]["student_id"] == "'=4711"


def test_nbgraders_own_file_has_its_columns_and_no_other() -> None:
    mark = Mark(ANT, "my475/ex9", "Powers", 2.5, 3.0, 3.0, 0.5, "2026-10-10", checks=CHECKS)

    assert nbgraders([mark]).splitlines() == [
        ",".join(COLUMNS),
        "my475/ex9,,2026-10-10,'=4711,Ant,Alice,alice@example.org,3,0.5,2.5,3",
    ]


def test_each_student_has_a_total() -> None:
    first = Mark(ANT, "my475/ex9", "Powers", 2.5, 3.0)
    other = Mark(ANT, "my475/ex8", "Names", 1.0, 1.0)
    none = Mark(ANT._replace(key="x"), "my475/ex9", "Powers", None, 3.0)

    found = [(row["total"], row["max_total"]) for row in rows(first, other, none)]

    assert found == [("3.5", "4"), ("3.5", "4"), ("", "4")]
