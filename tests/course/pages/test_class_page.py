"""The page of a course in a real browser: sorted, searched, and a click away from each student."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from grader.course.batch.grade_course import CourseRequest
from tests.course.batch.sample import CHOICE, NOTHING, grade, handed, taken
from tests.reports.browser import CHROMIUM, WITHOUT, Browser

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason=WITHOUT),
    pytest.mark.xdist_group("browser"),  # one is started for all
]
SHOWN = "[...document.querySelectorAll('.everyone tbody tr:not([hidden]) td:nth-child(%d)')]"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("class") / "out"
    grade(CourseRequest(out, taken([*handed(12), NOTHING]), CHOICE, jobs=2))
    return out / "index.html"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as browser:
        yield browser
        assert browser.complaints == []


@pytest.fixture
def page(index: Path, browser: Browser) -> Page:
    return browser.open(index)


def column(page: Page, number: int) -> list[str]:
    """The texts of a column, of the rows that are shown."""
    found: list[str] = page.evaluate(f"{SHOWN % number}.map(cell => cell.textContent)")
    return found


def test_everyone_is_there_by_name(page: Page) -> None:
    assert column(page, 1) == sorted([f"Student {n}" for n in range(12)] + ["Nobody"])


def test_a_column_of_numbers_is_sorted_as_numbers_both_ways(page: Page) -> None:
    page.click(".everyone th:nth-child(3) button")
    rising = column(page, 3)
    page.click(".everyone th:nth-child(3) button")

    assert rising[0] == ""  # whoever has none comes first
    assert rising[1:] == sorted(rising[1:], key=float)
    assert column(page, 3) == sorted(rising, key=lambda score: float(score or -1), reverse=True)


def test_names_are_sorted_as_people_count(page: Page) -> None:
    page.click(".everyone th:nth-child(2) button")
    page.click(".everyone th:nth-child(1) button")

    assert column(page, 1) == ["Nobody", *(f"Student {number}" for number in range(12))]


@pytest.mark.parametrize(
    ("wanted", "names"),
    [("1007", ["Student 7"]), ("NOB", ["Nobody"]), ("11 student", ["Student 11"]), ("eve", [])],
)
def test_what_is_searched_for_is_what_is_left(page: Page, wanted: str, names: list[str]) -> None:
    page.fill(".search input", wanted)

    assert column(page, 1) == names
    assert page.inner_text(".search span") == f"{len(names)} of 13"


def test_a_students_page_is_one_click_away(page: Page) -> None:
    page.click(".everyone >> text=Student 3")

    assert page.inner_text("p.student") == "Student 3"
