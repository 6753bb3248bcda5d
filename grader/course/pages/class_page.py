"""The page of a course: the class at a glance, and a table of everyone in it.

The table can be sorted and searched where scripts run; without one it is sorted by name.
"""

from typing import NamedTuple

from grader.course.pages import HERE
from grader.reports.page.html import page
from grader.reports.report import Counterexample


class StudentLink(NamedTuple):
    """A student, and where their page is."""

    name: str
    page: str


class ScoreBar(NamedTuple):
    """A part of the scores: from how much to how much, in points, and how many students."""

    label: str
    students: int


class PassRate(NamedTuple):
    """The pass rate of a check.

    Attributes:
        exercise: its path.
        check: the check's id.
        title: what it says.
        passed: how many have it right.
        asked: how many were asked; whoever failed what comes before it was not.
        of: how many were graded.
    """

    exercise: str
    check: str
    title: str
    passed: int
    asked: int
    of: int


class CommonFault(NamedTuple):
    """A fault that several have in common.

    Attributes:
        id: the misconception's; "" where it is none that is known.
        says: the misconception, or what came out.
        check: the title of the check that the example is from.
        example: the smallest program that shows it.
        students: who.
        apart: what tells it from another of the same words, "" where there is none.
        edit: the edit that mends it in the first one's source, "" where none was found.
    """

    id: str
    says: str
    check: str
    example: Counterexample | None
    students: tuple[StudentLink, ...]
    apart: str = ""
    edit: str = ""


class Middle(NamedTuple):
    """The middle of the totals of those who were graded.

    Attributes:
        graded: how many those are.
        full: how many of them have every point there is.
        mean: points.
        median: points.
    """

    graded: int
    full: int
    mean: float
    median: float


class StudentRow(NamedTuple):
    """A student in the table.

    Attributes:
        place: name and page.
        id: the number or account, or the key.
        scores: one for each exercise, None where nothing was graded.
        total: points in all.
        flags: what to look at, "late", "a limit", "by hand" say.
        files: what they handed in, each its name and where it lies.
        key: by which a mark by hand names them.
    """

    place: StudentLink
    id: str
    scores: tuple[float | None, ...]
    total: float
    flags: tuple[str, ...]
    files: tuple[StudentLink, ...] = ()
    key: str = ""


class HandMarking(NamedTuple):
    """The marks by hand, and what can be given one.

    Attributes:
        markable: what a person can give points for: as `overrides.csv` calls it, and in words.
        overrides: `overrides.csv` as it stands.
    """

    markable: tuple[tuple[str, str], ...] = ()
    overrides: str = ""


class CoursePage(NamedTuple):
    """The content of a course's page.

    Attributes:
        title: of the exercise, or of all.
        exercises: the paths, in the order of a row's scores.
        max_score: points in all.
        middle: what the totals of those who were graded are like.
        shape: what the submissions were taken from.
        rows: by name.
        bars: the distribution of the totals.
        rates: check by check.
        faults: the most frequent first.
        limited: who ran into a limit, and which.
        interfered: whose submission got in the grader's way, and how.
        by_hand: who has no score, and why.
        refused: what was left out of the submissions.
        marking: what a person needs to mark by hand.
    """

    title: str
    exercises: tuple[str, ...]
    max_score: float
    middle: Middle
    shape: str
    rows: tuple[StudentRow, ...]
    bars: tuple[ScoreBar, ...]
    rates: tuple[PassRate, ...]
    faults: tuple[CommonFault, ...]
    limited: tuple[tuple[StudentLink, str], ...]
    interfered: tuple[tuple[StudentLink, str], ...]
    by_hand: tuple[tuple[StudentLink, str], ...]
    refused: tuple[str, ...] = ()
    marking: HandMarking = HandMarking()


def render(course: CoursePage) -> str:
    """Return the page as HTML; everything that a student wrote is escaped."""
    title = f"{course.title}: {len(course.rows)} students"
    return page(title, "course.html.jinja", scripts=("course.js",), package=HERE, course=course)
