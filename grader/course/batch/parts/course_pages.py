"""Writes the pages of a course, all its parts in one: a page a student, and the class page."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from grader.course.batch.folder import INDEX
from grader.course.batch.handed_code import HandedCode, code_in
from grader.course.batch.jobs import JobResult
from grader.course.batch.overrides import Override
from grader.course.batch.overview import CourseView, links_to, overview
from grader.course.batch.parts.part import CoursePart
from grader.course.batch.student_marks import problem_of
from grader.course.marks import Mark
from grader.course.pages import class_page
from grader.course.pages.class_page import StudentLink
from grader.course.pages.student_page import StudentPage, render
from grader.reports.files import write_whole
from grader.reports.report import Report
from grader.submissions.intake.student_submission import Intake, StudentSubmission


class GradedPart(NamedTuple):
    """A part of a course, and by student's key what came of each submission, and what it is."""

    part: CoursePart
    outcomes: Mapping[str, JobResult]
    handed: Mapping[str, StudentSubmission]


def write_student_pages(out: Path, parts: Sequence[GradedPart], marks: Sequence[Mark]) -> None:
    """Write a page for each student.

    Args:
        out: the course's folder.
        parts: of the course.
        marks: of everyone.
    """
    own: dict[str, list[Mark]] = {}
    for mark in marks:
        own.setdefault(mark.student.key, []).append(mark)
    for key, mine in own.items():
        page = render(_page(out, key, parts, mine))
        write_whole(out / mine[0].page, page.encode())


def write_class_page(out: Path, everyone: CourseView) -> None:
    """Write the page on a whole course into its folder."""
    write_whole(out / INDEX, class_page.render(overview(everyone)).encode())


def course_view(
    parts: Sequence[GradedPart], marks: Sequence[Mark], overrides: Sequence[Override]
) -> CourseView:
    """Return the course as its page shows it, all parts in one."""
    handed: dict[str, StudentSubmission] = {}
    results: dict[str, JobResult] = {}
    files: dict[str, list[StudentLink]] = {}
    for part, outcomes, _ in parts:
        for one in part.intake.handed:
            key = one.student.key
            handed.setdefault(key, one)
            results[key] = _both(results.get(key, JobResult()), outcomes[key])
            files.setdefault(key, []).extend(
                link._replace(name=_shown_name(link.name, part, parts))
                for link in links_to(one, part.folder)
            )
    intakes = [part.intake for part, _, _ in parts]
    intake = Intake(
        "; ".join(dict.fromkeys(one.shape for one in intakes)),
        tuple(handed.values()),
        tuple(line for one in intakes for line in one.refused),
    )
    exercises = [one for part, _, _ in parts for one in part.exercises]
    return CourseView(intake, exercises, marks, results, overrides, files)


def _both(one: JobResult, other: JobResult) -> JobResult:
    return JobResult(
        (*one.reports, *other.reports), "; ".join(filter(None, (one.problem, other.problem)))
    )


def _code(place: Path, marks: Sequence[Mark]) -> tuple[HandedCode, ...]:
    """Return the code of a student's that was graded, each file once."""
    names = dict.fromkeys(mark.submission for mark in marks)
    return tuple(code for name in names if (code := code_in(place, name)))


def _shown_name(file: str, part: CoursePart, parts: Sequence[GradedPart]) -> str:
    """Return a file's name with its exercises', where there are several parts: "ex9: value.py"."""
    return f"{part.label}: {file}" if len(parts) > 1 else file


def _page(out: Path, key: str, parts: Sequence[GradedPart], marks: Sequence[Mark]) -> StudentPage:
    """Return the page of a student, with all that they handed in for any exercise."""
    reports: list[Report] = []
    code: list[HandedCode] = []
    problems, remarks = [], []
    for part, outcomes, everyone in parts:
        if key not in outcomes:
            continue
        handed = everyone[key]
        problem = problem_of(handed, outcomes[key])
        reports += outcomes[key].reports
        problems += [problem] if problem else []
        remarks += [handed.note] if handed.note and handed.note not in problem else []
        own = [one for one in marks if one.exercise in part.paths]
        code += [
            one._replace(name=_shown_name(one.name, part, parts))
            for one in _code(out / part.folder / key, own)
        ]
    remarks += [mark.comment for mark in marks if mark.comment]
    name = marks[0].student.name or key
    return StudentPage(
        *(name, tuple(marks), tuple(reports), "; ".join(problems)), tuple(remarks), tuple(code)
    )
