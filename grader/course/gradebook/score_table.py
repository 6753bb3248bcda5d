"""The scores of a course as a table: nbgrader's columns, and a column for each check."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from grader.course.gradebook.formulas import harmless
from grader.course.marks import Mark, StudentTotal, totals

COLUMNS = (
    *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"),
    *("raw_score", "late_submission_penalty", "score", "max_score"),
)
OURS = ("name", "file", "problem", "comment", "total", "max_total")


def table(marks: Sequence[Mark]) -> str:
    """Return all marks as CSV, which a spreadsheet opens without taking a text for a formula.

    nbgrader's columns come first, so that what reads its file reads this one; then what else is
    known, the student's points in all exercises, and a column for each check, "ex9.power_values"
    say, empty where it was not asked.
    """
    checks = list(
        dict.fromkeys(_column(mark, check.check) for mark in marks for check in mark.checks)
    )
    sums = totals(marks)
    rows = ([*_row(mark), *_more(mark, checks, sums[mark.student.key])] for mark in marks)
    return _csv([*COLUMNS, *OURS, *checks], rows)


def nbgraders(marks: Iterable[Mark]) -> str:
    """Return all marks as CSV in nbgrader's columns, and no other."""
    return _csv(COLUMNS, map(_row, marks))


def _csv(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(map(harmless, row) for row in rows)
    return text.getvalue()


def _row(mark: Mark) -> list[str]:
    student = mark.student
    return [
        mark.exercise,
        mark.due,
        mark.timestamp,
        student.student_id or student.key,
        student.last_name,
        student.first_name,
        student.email,
        _points(mark.raw_score),
        f"{mark.penalty:g}",
        _points(mark.score),
        f"{mark.max_score:g}",
    ]


def _more(mark: Mark, checks: Iterable[str], total: StudentTotal) -> list[str]:
    scores = {_column(mark, check.check): f"{check.score:g}" for check in mark.checks}
    ours = (mark.student.name, mark.submission, mark.problem, mark.comment)
    sums = (_points(total.score if total.graded else None), f"{total.max_score:g}")
    return [*ours, *sums, *(scores.get(check, "") for check in checks)]


def _column(mark: Mark, check: str) -> str:
    return f"{mark.exercise.rpartition('/')[2]}.{check}"


def _points(score: float | None) -> str:
    return "" if score is None else f"{score:g}"
