"""Nothing on a page keeps anybody from it: axe finds nothing, and a phone is enough."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course.batch.overrides import Override
from grader.course.batch.overview import CourseView, overview
from grader.course.batch.student_marks import marks_of
from grader.course.pages import class_page, similarity_page, student_page
from grader.course.pages.similarity_page import (
    ClusterOnPage,
    CrowdOnPage,
    IdenticalOnPage,
    MarkedLine,
    NamedStudent,
    PairSide,
    PairSideBySide,
    SimilarPage,
)
from grader.course.pages.student_page import StudentPage
from grader.reports.page.html import render, render_track
from grader.submissions.intake.student_submission import Intake, StudentSubmission, SubmittedFile
from grader.submissions.student import Student
from tests.course.batch.test_overview import ASKED, ODD, RIGHT, WRONG
from tests.reports.axe import violations
from tests.reports.browser import CHROMIUM, WITHOUT, Browser
from tests.reports.sample import SHAPES, TRACKS

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason=WITHOUT),
    pytest.mark.xdist_group("browser"),  # one is started for all
]
COURSE, REPORTS, SEVERAL = (
    ("class", "student", "alike"),
    ("a wrong node", "a training"),
    ("some wrong",),
)
LONG = "a_name_that_is_as_long_as_some_students_call_their_files_" * 2
OUTCOMES = {"ant": RIGHT, "bee": WRONG, "cow": ODD, "dog": ODD, LONG: WRONG}


def the_class() -> str:
    """A class of which everything is told that a page can tell."""
    handed = tuple(
        StudentSubmission(Student(key, key), (SubmittedFile(f"{key}.py", b""),), late=key == "bee")
        for key in OUTCOMES
    )
    marks = [one for each in handed for one in marks_of(each, [ASKED], OUTCOMES[each.student.key])]
    intake = Intake("a folder", handed, refused=(f"{LONG}: it is a link",))
    said = [Override(2, "ant", "ex9", 2.5, LONG, "Cy")]
    return class_page.render(overview(CourseView(intake, [ASKED], marks, OUTCOMES, said)))


def a_student() -> str:
    """A page of a student's, with a remark and with their code."""
    ant = StudentSubmission(Student("ant", "Alice Ant"), ())
    marks = tuple(mark._replace(score=0.5) for mark in marks_of(ant, [ASKED], WRONG))
    code = (("value.py", f"a = 1\n# {LONG}{LONG}\n", True),)
    return student_page.render(
        StudentPage("Alice Ant", marks, WRONG.reports, remarks=("a day late",), code=code)
    )


def alike() -> str:
    """A page of those who are alike, in each of the ways that there are."""
    left = PairSide(
        "Alice Ant", "a.html", (MarkedLine(0, "value.py"), MarkedLine(3, LONG, 1, True))
    )
    right = PairSide("Zoë Bee", "", (MarkedLine(7, "y = 2", 1, True), MarkedLine(8, "z = 3")))
    people = (NamedStudent("Alice Ant", "a.html"), NamedStudent(LONG, ""))
    groups = (
        ClusterOnPage(
            91, 80, (*people, *people), (PairSideBySide(91, 12, True, 1, left, right),), 2
        ),
    )
    return similarity_page.render(
        SimilarPage(
            *("Powers", 40, 5, 20, 8, 60, groups, 3, ("cow: not read",)),
            crowds=(CrowdOnPage(people, same=True),),
            identical=(IdenticalOnPage(people, "wrong"),),
        )
    )


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    texts = {"class": the_class(), "student": a_student(), "alike": alike()}
    texts |= {name: render(SHAPES[name]) for name in REPORTS}
    texts |= {name: render_track(TRACKS[name]) for name in SEVERAL}
    for name, text in texts.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in texts}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as browser:
        yield browser


@pytest.mark.parametrize("kind", [*COURSE, *REPORTS, *SEVERAL])
def test_axe_finds_nothing_in_light_and_dark(
    pages: dict[str, Path], browser: Browser, kind: str
) -> None:
    page = browser.open(pages[kind])
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")

    assert violations(page) == {"light": [], "dark": []}


@pytest.mark.parametrize("kind", COURSE)
def test_a_phone_shows_the_whole_width(pages: dict[str, Path], browser: Browser, kind: str) -> None:
    page = browser.open(pages[kind], width=360)

    assert page.evaluate("document.documentElement.scrollWidth") == 360
