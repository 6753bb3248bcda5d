"""Marks are lines of JSON, read as they were written; a line that is none is numbered."""

import json
from pathlib import Path

import pytest

from grader.course.marks import (
    FILE,
    Mark,
    ScoredCheck,
    StudentTotal,
    UnreadableMarks,
    line_of,
    marks_in,
    totals,
)
from grader.submissions.student import Student

ANT = Student("ant_2", "Alice Ant", "4711", "2", "Alice", "Ant", "alice@example.org")
MARK = Mark(
    ANT,
    "my475/ex9",
    "Subtraction and powers",
    score=3.5,
    max_score=5.0,
    raw_score=4.0,
    penalty=0.5,
    timestamp="2026-10-10T10:22:00+00:00",
    due="2026-10-10T10:00:00+00:00",
    late=True,
    comment="late by 22 minutes: 0.5 points",
    submission="value.py",
    page="reports/ant_2.html",
    checks=(ScoredCheck("power_values", "failed", 0.0, 1.0, ("P1",)),),
)


def test_a_mark_is_read_as_it_was_written(tmp_path: Path) -> None:
    nothing = Mark(Student("bee"), "my475/ex9", "Subtraction", None, 5.0, problem="no script")
    lines = [line_of(MARK), line_of(nothing)]
    (tmp_path / FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")

    assert marks_in(tmp_path) == [MARK, nothing]


def test_a_name_stays_readable_in_the_file() -> None:
    assert "Zoë" in line_of(MARK._replace(student=ANT._replace(name="Zoë")))


def test_a_folder_without_marks_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableMarks, match=r"cannot read the marks in .*results\.jsonl") as e:
        marks_in(tmp_path)

    assert e.value.hint == "name the folder that `grade batch -o` has written"


@pytest.mark.parametrize(
    "line", ["{", "3", "{}", '{"schema": "grade/mark/2"}', '{"schema": "grade/mark/1"}', "[]"]
)
def test_a_line_that_is_no_mark_is_numbered(tmp_path: Path, line: str) -> None:
    (tmp_path / FILE).write_text(f"{line_of(MARK)}\n{line}\n", encoding="utf-8")

    with pytest.raises(UnreadableMarks, match="line 2 is not a mark"):
        marks_in(tmp_path)


def test_a_total_is_of_all_exercises_and_full_where_every_point_is_there() -> None:
    ant, bee = Student("ant"), Student("bee")
    marks = [
        Mark(ant, "ex9", "Powers", 2.0, 2.0),
        Mark(ant, "ex10", "Division", 3.0, 3.0),
        Mark(bee, "ex9", "Powers", 2.0, 2.0),
        Mark(bee, "ex10", "Division", None, 3.0),
        Mark(Student("cat"), "ex9", "Powers", None, 2.0),
    ]

    found = totals(marks)

    assert found["ant"] == StudentTotal(5.0, 5.0, True)
    assert [total.is_full for total in found.values()] == [True, False, False]
    assert (found["bee"].score, found["cat"].graded) == (2.0, False)


def test_a_line_of_an_earlier_grade_is_read(tmp_path: Path) -> None:
    line = json.loads(line_of(MARK))
    del line["does_not_run"]
    for check in line["checks"]:
        del check["title"]

    (tmp_path / FILE).write_text(json.dumps(line), encoding="utf-8")

    assert marks_in(tmp_path) == [MARK]
