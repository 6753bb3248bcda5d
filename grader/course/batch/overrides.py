"""Marks by people: what `overrides.csv` says comes last, and is shown with who said it."""

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from math import isfinite
from pathlib import Path
from typing import NamedTuple

from grader.course.marks import Mark
from grader.course.people_table import UnreadTable, table_in
from grader.errors import Misused, at
from grader.submissions.student import Student

FILE = "overrides.csv"
ROUNDING = 1e-9
MOST = 1_000_000  # points that anybody can mean
COLUMNS = ("student", "check", "score", "comment", "who")


class BadOverrides(Misused):
    """The file of marks by people is not a table of them."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"{path}: {reason}",
            hint=f'its first line is {",".join(COLUMNS)}; see "Marks by hand" in the documentation',
        )


class Override(NamedTuple):
    """A person's line on a student's mark.

    Attributes:
        line: of the file, from 1.
        student: the key, the id, the email or the name.
        check: a check's id, "ex9.power_values" where several exercises have it, an exercise for
            its whole score; "" where there is one exercise.
        score: points; None where there is only something to say.
        comment: what the student reads.
        who: says so.
    """

    line: int
    student: str
    check: str
    score: float | None
    comment: str
    who: str


class OverriddenMarks(NamedTuple):
    """Marks as people want them, the lines that fit nothing, and those that repeat another."""

    marks: tuple[Mark, ...]
    unused: tuple[str, ...]
    repeated: tuple[str, ...] = ()


def read_overrides(folder: Path) -> list[Override]:
    """Return the lines of `overrides.csv`, none where the file does not exist.

    Raises:
        BadOverrides: a column is missing, or a score is no number of points that anybody can mean.
    """
    file = folder / FILE
    try:
        table = table_in(file)
    except FileNotFoundError:
        return []
    except (OSError, UnreadTable) as error:
        raise BadOverrides(at(file), f"cannot be read: {error}") from error
    missing = [name for name in COLUMNS[:3] if name not in table.columns]
    if missing:
        raise BadOverrides(at(file), f"no column {missing[0]!r}")
    return [_override(file, row.line, row.cells) for row in table.rows]


def as_table(overrides: Iterable[Override]) -> str:
    """Return the lines as `overrides.csv` has them."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in overrides:
        score = "" if one.score is None else f"{one.score:g}"
        writer.writerow([one.student, one.check, score, one.comment, one.who])
    return text.getvalue()


def apply_overrides(marks: Iterable[Mark], overrides: Sequence[Override]) -> OverriddenMarks:
    """Return the marks with what people say of them, the later line last."""
    changed = list(marks)
    unused, repeated = [], []
    lines: dict[tuple[int, int | None], int] = {}
    for one in overrides:
        fits = list(_indices_of(changed, one))
        if len(fits) != 1:
            unused.append(_complaint(one, changed, bool(fits)))
            continue
        (index,) = fits
        place = index, _check_in(changed[index], one.check)
        if one.score is not None:
            if place in lines:
                repeated.append(_again(one, lines[place]))
            lines[place] = one.line
        changed[index] = _changed(changed[index], one)
    return OverriddenMarks(tuple(changed), tuple(unused), tuple(repeated))


def _again(one: Override, before: int) -> str:
    what = f" for {one.check}" if one.check else ""
    return (
        f"{FILE}, line {one.line}: {one.student!r} has points{what} on line {before} already; "
        f"those of line {one.line} count"
    )


def points_above_maximum(marks: Iterable[Mark]) -> Iterator[str]:
    """Yield a line for each mark that has more points than there are, which people alone give."""
    for mark in marks:
        parts = [
            f"{one.check} {one.score:g} of {one.max_score:g}"
            for one in mark.checks
            if one.score > one.max_score + ROUNDING
        ]
        if mark.score is not None and mark.score > mark.max_score + ROUNDING:
            parts.insert(0, f"{mark.score:g} of {mark.max_score:g}")
        if parts:
            who = mark.student.name or mark.student.key
            yield f"{who} has more than all points of {mark.exercise}: {', '.join(parts)}"


def _override(file: Path, line: int, row: Mapping[str, str]) -> Override:
    text = {name: row.get(name, "") for name in COLUMNS}
    score = _number(text["score"])
    if text["score"] and score is None:
        says = f"{text['score']!r} is no number of points"
        raise BadOverrides(f"{at(file)}, line {line}", says)
    if score is not None and score < 0:
        raise BadOverrides(f"{at(file)}, line {line}", f"{text['score']} is less than no points")
    if score is not None and score > MOST:
        says = f"{text['score']} is more than {MOST:,} points"
        raise BadOverrides(f"{at(file)}, line {line}", says)
    return Override(line, text["student"], text["check"], score, text["comment"], text["who"])


def _number(text: str) -> float | None:
    """Return a number of points, as many languages write it; None where it is none."""
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return None
    return number if isfinite(number) else None


def _indices_of(marks: Sequence[Mark], one: Override) -> Iterator[int]:
    """Yield the places of the marks that are meant."""
    for index, mark in enumerate(marks):
        if one.student in _names(mark.student) and _is_meant(mark, one.check):
            yield index


def _names(student: Student) -> set[str]:
    words = (student.key, student.student_id, student.email, student.name)
    return {unicodedata.normalize("NFC", word) for word in words} - {""}


def _is_meant(mark: Mark, check: str) -> bool:
    name = mark.exercise.rpartition("/")[2]
    if check in ("", mark.exercise, name):
        return True
    return _check_in(mark, check) is not None


def _check_in(mark: Mark, check: str) -> int | None:
    """Return the place of a check in a mark."""
    name = mark.exercise.rpartition("/")[2]
    for index, one in enumerate(mark.checks):
        if check in (one.check, f"{name}.{one.check}", f"{mark.exercise}.{one.check}"):
            return index
    return None


def _changed(mark: Mark, one: Override) -> Mark:
    """Return a mark with a person's points, and their words."""
    at_check = _check_in(mark, one.check)
    says = one.comment
    if one.score is not None and at_check is None:
        says = _remark(f"points: {one.score:g}", _points(mark.score), one.comment)
        mark = mark._replace(score=one.score)
    elif one.score is not None and at_check is not None:
        before = mark.checks[at_check]
        says = _remark(f"{before.named}: {one.score:g}", f"{before.score:g}", one.comment)
        checks = list(mark.checks)
        checks[at_check] = before._replace(score=one.score)
        score = max(0.0, (mark.score or 0.0) + one.score - before.score)
        mark = mark._replace(score=score, checks=tuple(checks))
    by = f" ({one.who})" if one.who else ""
    return mark._replace(comment="; ".join(filter(None, (mark.comment, f"{says}{by}"))))


def _remark(points: str, before: str, comment: str) -> str:
    return f"{points} instead of {before}" + (f", {comment}" if comment else "")


def _points(score: float | None) -> str:
    return "none" if score is None else f"{score:g}"


def _complaint(one: Override, marks: Sequence[Mark], several: bool) -> str:
    where = f"{FILE}, line {one.line}"
    if several:
        return f"{where}: {one.student!r} and {one.check!r} fit several marks"
    if not any(one.student in _names(mark.student) for mark in marks):
        return f"{where}: no student {one.student!r}"
    return f"{where}: no check {one.check!r}"
