"""A student's page: what the marks are, whatever is to be said of them, then the reports."""

from typing import NamedTuple

from grader.course.marks import Mark
from grader.course.pages import HERE
from grader.reports.page.html import page
from grader.reports.report import Report


class StudentPage(NamedTuple):
    """The content of a student's page.

    Attributes:
        name: the student's.
        marks: one for each exercise.
        reports: one for each exercise; none where nothing could be graded.
        problem: why not.
        remarks: what else is to be said: which attempt was taken, what a person changed.
        code: what was graded, each file its name, its text, and whether that is cut off.
    """

    name: str
    marks: tuple[Mark, ...]
    reports: tuple[Report, ...]
    problem: str = ""
    remarks: tuple[str, ...] = ()
    code: tuple[tuple[str, str, bool], ...] = ()


def render(student: StudentPage) -> str:
    """Return the page as HTML; everything that a student wrote is escaped."""
    score = sum(mark.score or 0.0 for mark in student.marks)
    most = sum(mark.max_score for mark in student.marks)
    title = f"{student.name}: {score:g} of {most:g} points"
    if student.problem:
        title = f"{student.name}: to be looked at"
    template = "student.html.jinja"
    return page(title, template, package=HERE, student=student, score=score, max_score=most)
