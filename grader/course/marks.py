"""The marks of a course: a student, and their score in an exercise."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from grader.errors import Misused, at
from grader.reports.typed_fields import misfit
from grader.submissions.intake.safe_names import UnsafeName, safe
from grader.submissions.student import Student


class UnreadableMarks(Misused):
    """A folder holds no marks of `grade batch`, or something else in their place."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"cannot read the marks in {path}: {reason}",
            hint="name the folder that `grade batch -o` has written",
        )


ABOUT: Final = "batch.json"
"""What is known of a course, "marks" among it: how many there are."""

SCHEMA: Final = "grade/mark/1"
FILE: Final = "results.jsonl"
HALVES: Final = re.compile(r"[\ud800-\udfff]")
"""Halves of characters, which no file in UTF-8 can have."""
NEEDED: Final = frozenset({"student", "exercise", "title", "score", "max_score", "checks"})
"""The fields of a mark that every line has, whichever grade wrote it."""


class ScoredCheck(NamedTuple):
    """The score of one check.

    Attributes:
        check: its id.
        outcome: see `report.Outcome`; "" where the check was never asked.
        score: points, after what people have changed.
        max_score: points.
        diagnoses: the ids of the misconceptions that explain it.
        title: what it is called, as a student reads it.
    """

    check: str
    outcome: str
    score: float
    max_score: float
    diagnoses: tuple[str, ...] = ()
    title: str = ""

    @property
    def named(self) -> str:
        """Its title, or its id where nobody knows one."""
        return self.title or self.check


class Mark(NamedTuple):
    """The mark of a student in an exercise.

    Attributes:
        student: who.
        exercise: the exercise's path, "my475/ex9".
        title: the exercise's.
        score: points, after penalties and what people have changed; None where nothing could be
            graded, and a person has to look.
        max_score: points.
        raw_score: points before a penalty for being late; None where `score` is.
        penalty: points taken away for being late.
        timestamp: when it was handed in, ISO 8601, "" where nothing says so.
        due: when it was due, ISO 8601, "" where nobody said so.
        late: whether it came late, by the clock or by what the system says.
        comment: in a sentence or two, what the student should read beside the score.
        problem: why there is no score, "" where there is one.
        submission: the name of the file that was graded.
        page: the student's page, relative to the course's folder; "" where there is none.
        checks: how each check came out.
        does_not_run: why the file itself fails, before any check; "" where it does not.
    """

    student: Student
    exercise: str
    title: str
    score: float | None
    max_score: float
    raw_score: float | None = None
    penalty: float = 0.0
    timestamp: str = ""
    due: str = ""
    late: bool = False
    comment: str = ""
    problem: str = ""
    submission: str = ""
    page: str = ""
    checks: tuple[ScoredCheck, ...] = ()
    does_not_run: str = ""


class StudentTotal(NamedTuple):
    """The points of a student in all exercises: what could not be graded counts nothing.

    Attributes:
        score: points.
        max_score: points.
        graded: whether anything could be graded.
    """

    score: float
    max_score: float
    graded: bool

    @property
    def is_full(self) -> bool:
        """Whether they have every point there is."""
        return self.graded and self.score >= self.max_score


def totals(marks: Iterable[Mark]) -> dict[str, StudentTotal]:
    """Return the total of each student, by their key, of all exercises that anybody did."""
    every = list(marks)
    most = sum({mark.exercise: mark.max_score for mark in every}.values())
    found: dict[str, StudentTotal] = {}
    for mark in every:
        before = found.get(mark.student.key, StudentTotal(0.0, most, False))
        score, graded = before.score + (mark.score or 0.0), mark.score is not None
        found[mark.student.key] = StudentTotal(score, most, before.graded or graded)
    return found


def line_of(mark: Mark) -> str:
    """Return a mark as one line of `results.jsonl`, whatever anybody takes for the end of one."""
    plain = mark._asdict()
    plain["student"] = mark.student._asdict()
    plain["checks"] = [check._asdict() for check in mark.checks]
    fields = {"schema": SCHEMA, **plain}
    text = json.dumps(fields, ensure_ascii=False)
    readable = text.splitlines() == [text] and not HALVES.search(text)
    return text if readable else json.dumps(fields)


def marks_in(folder: Path) -> list[Mark]:
    """Return the marks that `grade batch` left in a folder, in their order.

    Raises:
        UnreadableMarks: there are none, a line is not a mark or comes twice, or one is missing.
    """
    file = folder / FILE
    try:
        text = file.read_bytes().decode("utf-8")
    except (OSError, UnicodeError) as error:
        raise UnreadableMarks(at(file), str(error)) from error
    marks = list(_read(file, text.replace("\r\n", "\n").removesuffix("\n").split("\n")))
    written = _number_written(folder)
    if written not in (None, len(marks)):
        says = f"it has {len(marks)} marks of the {written} that were written; grade again"
        raise UnreadableMarks(at(file), says)
    return marks


def _read(file: Path, lines: Iterable[str]) -> Iterator[Mark]:
    seen: dict[tuple[str, str], int] = {}
    for number, line in enumerate(lines, start=1):
        try:
            mark = _mark(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise UnreadableMarks(at(file), f"line {number} is not a mark: {error}") from error
        first = seen.setdefault((mark.student.key, mark.exercise), number)
        if first != number:
            says = f"line {number} is the mark of line {first} once more"
            raise UnreadableMarks(at(file), says)
        yield mark


def _number_written(folder: Path) -> int | None:
    """Return how many marks were written, None where nobody has written that down."""
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    number = about.get("marks") if isinstance(about, dict) else None
    return number if type(number) is int else None


def _mark(plain: Mapping[str, Any]) -> Mark:
    if plain["schema"] != SCHEMA:
        raise ValueError(f"its schema is {plain['schema']!r}, not {SCHEMA!r}")
    fields = {name: plain[name] for name in Mark._fields if name in plain or name in NEEDED}
    checks = tuple(
        ScoredCheck(**{**check, "diagnoses": tuple(check["diagnoses"])})
        for check in plain["checks"]
    )
    mark = Mark(**{**fields, "student": Student(**plain["student"]), "checks": checks})
    if wrong := misfit(mark, Mark, "the mark"):
        raise ValueError(wrong)
    if not _stays_below(mark.student.key) or "/" in mark.student.key:
        raise ValueError(f"{mark.student.key!r} is no key of a student")
    if mark.page and not _stays_below(mark.page):
        raise ValueError(f"{mark.page!r} is no page of a course")
    return mark


def _stays_below(name: str) -> bool:
    """Return whether a name leads nowhere but below its folder."""
    try:
        return safe(name) == name
    except UnsafeName:
        return False
