"""The scores of a course as a table: nbgrader's columns, and a column for each check."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from grader.marks import Mark

COLUMNS = (
    *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"),
    *("raw_score", "late_submission_penalty", "score", "max_score"),
)
OURS = ("name", "file", "problem", "comment")
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def table(marks: Sequence[Mark]) -> str:
    """Return all marks as CSV, which a spreadsheet opens without taking a text for a formula.

    nbgrader's columns come first, so that what reads its file reads this one; then what else is
    known, and a column for each check, "ex9.power_values" say, empty where it was not asked.
    """
    checks = list(
        dict.fromkeys(_column(mark, check.check) for mark in marks for check in mark.checks)
    )
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*COLUMNS, *OURS, *checks])
    for mark in marks:
        writer.writerow(map(harmless, _row(mark, checks)))
    return text.getvalue()


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; a plain number stays one."""
    return f"'{text}" if text.startswith(FORMULAS) and not _is_number(text) else text


def _row(mark: Mark, checks: Iterable[str]) -> list[str]:
    student = mark.student
    got = {_column(mark, check.check): f"{check.score:g}" for check in mark.checks}
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
        student.name,
        mark.submission,
        mark.problem,
        mark.comment,
        *(got.get(check, "") for check in checks),
    ]


def _column(mark: Mark, check: str) -> str:
    return f"{mark.exercise.rpartition('/')[2]}.{check}"


def _points(score: float | None) -> str:
    return "" if score is None else f"{score:g}"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text == text.strip() and text[1:2].isdigit()
