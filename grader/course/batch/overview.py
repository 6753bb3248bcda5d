"""The content of a course's page: the class at a glance, worked out from marks and reports."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import mean, median
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import quote

from grader.course.batch.folder import SUBMISSIONS
from grader.course.batch.jobs import JobResult
from grader.course.batch.overrides import Override, as_table
from grader.course.batch.student_marks import ExerciseWorth
from grader.course.marks import Mark, totals
from grader.course.pages.class_page import (
    CommonFault,
    CoursePage,
    HandMarking,
    Middle,
    PassRate,
    ScoreBar,
    StudentLink,
    StudentRow,
)
from grader.reports.report import CheckResult, Outcome, Report
from grader.submissions.intake.student_submission import Intake, StudentSubmission
from grader.submissions.kinds import kind_of

BARS = 10
MOST_WHOLE = 12
MOST_FAULTS = 40
MOST_LINKED = 3  # of what somebody handed in: the rest lies beside it
LIMITS = ("stopped after ", " and asked for more")
INTERFERED = ("wrote a forged reply", "wrote something that is not a reply", "replied ")
"""Phrases of a report on a submission that speaks where the grader listens: few do so by chance."""


class CourseView(NamedTuple):
    """A course as it came out.

    Attributes:
        intake: what was handed in.
        exercises: what each is worth.
        marks: by student, then exercise.
        outcomes: by the student's key.
        overrides: what people say of the marks, so far.
        files: what each student handed in, by their key; as it lies there for one exercise, if
            nothing is said.
    """

    intake: Intake
    exercises: Sequence[ExerciseWorth]
    marks: Sequence[Mark]
    outcomes: Mapping[str, JobResult]
    overrides: Sequence[Override] = ()
    files: Mapping[str, Sequence[StudentLink]] = MappingProxyType({})


def overview(course: CourseView) -> CoursePage:
    """Return the content of a course's page."""
    own: dict[str, list[Mark]] = defaultdict(list)
    for mark in course.marks:
        own[mark.student.key].append(mark)
    limited = list(_students_with(course, own, LIMITS))
    interfered = list(_students_with(course, own, INTERFERED))
    flags = {"a limit": dict(limited), "interfered": dict(interfered)}
    rows = _rows(course, own, flags)
    most = sum(one.points for one in course.exercises)
    return CoursePage(
        title=_title(course.exercises),
        exercises=tuple(one.path for one in course.exercises),
        max_score=most,
        middle=_middle(course.marks),
        shape=course.intake.shape,
        rows=tuple(rows),
        bars=tuple(_bars([row.total for row in rows if any(_graded(row))], most)),
        rates=tuple(_rates(course.outcomes.values())),
        faults=tuple(_faults(course, own)),
        limited=tuple(limited),
        interfered=tuple(interfered),
        by_hand=tuple(_without_a_score(own.values())),
        refused=course.intake.refused,
        marking=HandMarking(tuple(_markable(course.marks)), as_table(course.overrides)),
    )


def _rows(
    course: CourseView,
    own: Mapping[str, Sequence[Mark]],
    flags: Mapping[str, Mapping[StudentLink, str]],
) -> list[StudentRow]:
    """Return a row for each student, by name."""
    paths = [one.path for one in course.exercises]
    files = course.files or {
        one.student.key: list(links_to(one, SUBMISSIONS)) for one in course.intake.handed
    }
    rows = (_row(marks, flags, paths) for marks in own.values())
    linked = (row._replace(files=_first(files.get(row.key, ()))) for row in rows)
    return sorted(linked, key=_by_name)


def _markable(marks: Iterable[Mark]) -> Iterator[tuple[str, str]]:
    """Yield what a person can give points for: each exercise, and each of its checks."""
    seen: set[str] = set()
    for mark in marks:
        name = mark.exercise.rpartition("/")[2]
        every = [(mark.exercise, f"all of {name}: {mark.title}, of {mark.max_score:g}")]
        every += [
            (f"{mark.exercise}.{one.check}", f"{name}: {one.named}, of {one.max_score:g}")
            for one in mark.checks
        ]
        yield from (one for one in every if one[0] not in seen)
        seen.update(place for place, _ in every)


def _title(exercises: Sequence[ExerciseWorth]) -> str:
    """Return what the exercise is called; of several of one track, the track."""
    tracks = {one.path.rpartition("/")[0] for one in exercises}
    if len(exercises) > 1 and len(tracks) == 1 and all(tracks):
        return f"{tracks.pop()}, {len(exercises)} exercises"
    return ", ".join(one.title for one in exercises)


def _middle(marks: Iterable[Mark]) -> Middle:
    graded = [total for total in totals(marks).values() if total.graded]
    scores = [total.score for total in graded]
    full = sum(total.is_full for total in graded)
    return Middle(len(graded), full, mean(scores or [0.0]), median(scores or [0.0]))


def _without_a_score(students: Iterable[Sequence[Mark]]) -> Iterator[tuple[StudentLink, str]]:
    """Yield the students to look at by hand, each with the reason."""
    for marks in students:
        if any(mark.score is None for mark in marks):
            problems = dict.fromkeys(mark.problem for mark in marks if mark.score is None)
            yield _place(marks[0]), "; ".join(filter(None, problems))


def _row(
    marks: Sequence[Mark],
    flagged: Mapping[str, Mapping[StudentLink, str]],
    exercises: Sequence[str],
) -> StudentRow:
    student, place = marks[0].student, _place(marks[0])
    flags = []
    if any(mark.late for mark in marks):
        flags.append("late")
    flags += [flag for flag, places in flagged.items() if place in places]
    if any(mark.score is None for mark in marks):
        flags.append("by hand")
    by_exercise = {mark.exercise: mark.score for mark in marks}
    scores = tuple(map(by_exercise.get, exercises))
    total = sum(score or 0.0 for score in scores)
    row = StudentRow(place, student.student_id or student.key, scores, total, tuple(flags))
    return row._replace(key=student.key)


def links_to(handed: StudentSubmission, folder: str) -> Iterator[StudentLink]:
    """Yield the files that a student handed in, and where they lie below a folder."""
    for one in handed.files:
        yield StudentLink(one.name, quote(f"{folder}/{handed.student.key}/{one.name}"))


def _first(files: Iterable[StudentLink]) -> tuple[StudentLink, ...]:
    """Return the first of the files that a student handed in, those that can be graded before."""
    return tuple(sorted(files, key=lambda one: (kind_of(one.name) == "", one.name))[:MOST_LINKED])


def _graded(row: StudentRow) -> Iterator[bool]:
    return (score is not None for score in row.scores)


def _by_name(row: StudentRow) -> tuple[str, str]:
    return row.place.name.casefold(), row.place.page


def _place(mark: Mark) -> StudentLink:
    return StudentLink(mark.student.name or mark.student.key, mark.page)


def _bars(totals: Sequence[float], most: float) -> Iterator[ScoreBar]:
    """Yield the bars of the scores: by points where those are few and whole, else by tenths."""
    if most <= MOST_WHOLE and all(total == int(total) for total in (*totals, most)):
        yield from (ScoreBar(f"{points}", totals.count(points)) for points in range(int(most) + 1))
        return
    counts = [0] * (BARS + 1)
    for total in totals:
        share = total / most if most else 1.0
        counts[min(BARS, max(0, int(share * BARS + 1e-9)))] += 1
    for index, count in enumerate(counts[:-1]):
        low, high = most * index / BARS, most * (index + 1) / BARS
        yield ScoreBar(f"{low:g} to {high:g}", count)
    yield ScoreBar(f"{most:g}", counts[-1])


def _rates(outcomes: Iterable[JobResult]) -> Iterator[PassRate]:
    rates: dict[tuple[str, str], PassRate] = {}
    for outcome in outcomes:
        for report in outcome.reports:
            for check in report.checks:
                key = report.exercise, check.id
                rate = rates.get(key) or PassRate(*key, check.title, 0, 0, 0)
                rates[key] = rate._replace(
                    passed=rate.passed + (check.outcome is Outcome.PASSED),
                    asked=rate.asked + (check.outcome is not Outcome.SKIPPED),
                    of=rate.of + 1,
                )
    yield from rates.values()


def _faults(course: CourseView, own: Mapping[str, Sequence[Mark]]) -> Iterator[CommonFault]:
    """Yield the faults that several share: misconceptions, and failures alike in every word."""
    faults: dict[tuple[str, ...], CommonFault] = {}
    for key, outcome in course.outcomes.items():
        place = _place(own[key][0])
        for name, fault in _faults_of(outcome.reports):
            before = faults.get(name, fault).students
            if place not in before:
                faults[name] = faults.get(name, fault)._replace(students=(*before, place))
    shared = [one for one in faults.values() if one.id or len(one.students) > 1]
    words = Counter(one.says for one in shared)
    told_apart = (one._replace(apart=one.check) if words[one.says] > 1 else one for one in shared)
    yield from sorted(told_apart, key=lambda one: (-len(one.students), one.says))[:MOST_FAULTS]


def _faults_of(reports: Iterable[Report]) -> Iterator[tuple[tuple[str, ...], CommonFault]]:
    """Yield a key that tells a fault from others, and the fault, nobody's yet."""
    for report in reports:
        for check in report.checks:
            if check.outcome is Outcome.FAILED:
                yield from _faults_at(report, check)


def _faults_at(report: Report, check: CheckResult) -> Iterator[tuple[tuple[str, ...], CommonFault]]:
    example = check.counterexample
    diagnoses = [one for one in (check.diagnosis, *check.further) if one]
    for one in diagnoses:
        place = one.where.function if one.where else ""
        says = f"{one.says.rstrip('.')}, in {place}." if place else one.says
        fault = CommonFault(one.id, says, check.title, example, (), edit=one.edit)
        yield (one.id, says), fault
    if not diagnoses:
        # what shows no example is of the file, and the same whichever check says it
        name = (report.exercise, check.id if example else "", check.message)
        yield name, CommonFault("", check.message, check.title, example, ())


def _students_with(
    course: CourseView, own: Mapping[str, Sequence[Mark]], phrases: Sequence[str]
) -> Iterator[tuple[StudentLink, str]]:
    """Yield the students whose reports hold one of some phrases, with the first text that does."""
    for key, outcome in course.outcomes.items():
        texts = (
            text
            for report in outcome.reports
            for text in (*(check.message for check in report.checks), *report.notes)
            if any(words in text for words in phrases)
        )
        first = next(texts, None)
        if first is not None:
            yield _place(own[key][0]), first
