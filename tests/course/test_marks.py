"""Marks are lines of JSON, read as they were written; a line that is none is numbered."""

import json
from pathlib import Path

import pytest

from grader.course.marks import (
    ABOUT,
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


def written(folder: Path, *lines: str) -> None:
    (folder / FILE).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x85", "\x1c", "\x0b", "\r", "\ud800"])
def test_whatever_somebody_takes_for_the_end_of_a_line_is_none(tmp_path: Path, end: str) -> None:
    mark = MARK._replace(student=ANT._replace(name=f"Alice{end}Ant"), comment=f"a{end}b")

    written(tmp_path, line_of(mark), line_of(MARK._replace(exercise="my475/ex10")))

    assert len((tmp_path / FILE).read_text(encoding="utf-8").splitlines()) == 2
    assert marks_in(tmp_path)[0] == mark


def test_a_line_with_such_a_letter_from_elsewhere_is_one_line(tmp_path: Path) -> None:
    written(tmp_path, line_of(MARK).replace("late by", "late\u2028by"))

    assert marks_in(tmp_path)[0].comment.startswith("late\u2028by")


def test_a_mark_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    written(tmp_path, line_of(MARK), line_of(MARK._replace(score=5.0)))

    with pytest.raises(UnreadableMarks, match="line 2 is the mark of line 1 once more"):
        marks_in(tmp_path)


def test_a_mark_that_is_lost_is_missed(tmp_path: Path) -> None:
    written(tmp_path, line_of(MARK))
    (tmp_path / ABOUT).write_text('{"marks": 2}', encoding="utf-8")

    with pytest.raises(UnreadableMarks, match="it has 1 marks of the 2 that were written"):
        marks_in(tmp_path)


WRONG: list[tuple[str, list[object]]] = [
    ("score", ["3", True, [], {}, float("nan"), float("inf"), 10**400]),
    ("max_score", [None, "5"]),
    ("late", [None, 1, "no"]),
    ("title", [3]),
    ("timestamp", [None]),
    ("page", [3, "/etc/passwd", "../../x.html"]),
    ("checks", [3, [3], [{}], [{"check": 1}], None]),
    ("student", [3, {}, {"key": ""}, {"key": "../ant"}, {"key": "a/b"}, {"key": 3}]),
    ("student", [{"key": "ant", "other": "x"}, {"key": "ant", "name": 1}]),
]


@pytest.mark.parametrize(
    ("field", "value"), [(field, value) for field, values in WRONG for value in values]
)
def test_a_field_of_another_type_is_refused_with_the_line(
    tmp_path: Path, field: str, value: object
) -> None:
    fields = json.loads(line_of(MARK))
    written(tmp_path, json.dumps({**fields, field: value}))

    with pytest.raises(UnreadableMarks, match="line 1 is not a mark: "):
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
