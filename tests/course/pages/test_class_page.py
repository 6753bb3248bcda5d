"""The page of a course in a real browser: sorted, searched, and a click away from each student."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from grader.course.batch.grade_course import CourseRequest
from grader.submissions.student import Student
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
    grade(CourseRequest(out, taken([*handed(12), NOTHING]), CHOICE))
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


def test_what_a_student_handed_in_is_one_click_away(page: Page) -> None:
    link = page.locator(".everyone .files a").first

    assert (link.get_attribute("href") or "").startswith("submissions/s0000/value")


def test_who_is_to_be_looked_at_for_one_reason_stands_in_one_line(
    browser: Browser, tmp_path: Path
) -> None:
    neither = NOTHING._replace(student=Student("zz_nothing_2", "Neither"))
    grade(CourseRequest(tmp_path / "out", taken([NOTHING, neither]), CHOICE, jobs=1))
    page = browser.open(tmp_path / "out" / "index.html")

    lines = page.locator("h2:has-text('To look at by hand') + ul li").all_inner_texts()

    assert lines == ["Nobody, Neither: no script and no notebook was handed in"]


def test_a_mark_by_hand_is_saved_beside_those_that_are_there(page: Page) -> None:
    page.select_option(".by-hand [name=student]", "s0003")
    page.fill(".by-hand [name=score]", "2,5")
    page.fill(".by-hand [name=comment]", 'on "paper", today')
    page.fill(".by-hand [name=who]", "Cy")
    page.click(".by-hand button")
    with page.expect_download() as download:
        page.click(".by-hand .save")

    assert download.value.suggested_filename == "overrides.csv"
    assert Path(download.value.path()).read_text(encoding="utf-8").splitlines() == [
        "student,check,score,comment,who",
        's0003,my475/ex9,"2,5","on ""paper"", today",Cy',
    ]


def test_a_mark_by_hand_without_points_and_words_is_none(page: Page) -> None:
    page.select_option(".by-hand [name=student]", "s0003")
    page.click(".by-hand button")

    assert page.input_value(".by-hand textarea") == "student,check,score,comment,who\n"


def test_on_a_phone_nothing_is_beside_the_page(index: Path, browser: Browser) -> None:
    page = browser.open(index, width=360)

    assert page.evaluate("document.documentElement.scrollWidth") == 360
