"""The page in a real browser, without a network: light, dark, on paper, and by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.reports.page.html import render, render_track
from tests.reports.browser import CHROMIUM, WITHOUT, Browser, Scheme
from tests.reports.gallery import reports
from tests.reports.sample import TRACKS

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason=WITHOUT),
    pytest.mark.xdist_group("browser"),  # one is started for all
]

NAMES = ("pass", "overwrites", "exponent", "order", "not-zeroed", "raises")
FAILING = NAMES[1:]
LEAST_CONTRAST = """() => {
  const parts = text => text.match(/[\\d.]+/g).map(Number);
  const bright = rgb => rgb.slice(0, 3).map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = node => {
    for (; node; node = node.parentElement) {
      const colour = parts(getComputedStyle(node).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const ratios = [...document.querySelectorAll("body *")]
    .filter(node => !node.closest("svg") && node.checkVisibility()
      && [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim()))
    .map(node => {
      const both = [bright(parts(getComputedStyle(node).color)), bright(behind(node))];
      return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
    });
  return Math.min(...ratios);
}"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    found = {}
    for name, report in reports(folder).items():
        found[name] = folder / f"{name}.html"
        found[name].write_text(render(report), encoding="utf-8")
    found["track"] = folder / "track.html"
    found["track"].write_text(render_track(TRACKS["some wrong"]), encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def started() -> Iterator[Browser]:
    with Browser() as browser:
        yield browser


@pytest.fixture
def browser(started: Browser) -> Browser:
    started.forget()
    return started


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", [*NAMES, "track"])
def test_a_page_opens_without_a_network_and_without_a_complaint(
    browser: Browser, pages: dict[str, Path], name: str, scheme: Scheme
) -> None:
    page = browser.open(pages[name], scheme)

    assert page.locator("h1").is_visible()
    assert browser.requests == [pages[name].as_uri()]
    assert browser.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_every_text_stands_out_from_what_is_behind_it(
    browser: Browser, pages: dict[str, Path], name: str, scheme: Scheme
) -> None:
    page = browser.open(pages[name], scheme)

    assert page.evaluate(LEAST_CONTRAST) >= 4.5


def test_dark_is_dark_and_light_is_light(browser: Browser, pages: dict[str, Path]) -> None:
    colours = {
        scheme: browser.open(pages["pass"], scheme).evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        for scheme in ("light", "dark")
    }

    assert colours == {"light": "rgb(255, 255, 255)", "dark": "rgb(22, 24, 27)"}


@pytest.mark.parametrize("name", ["overwrites", "exponent"])
def test_the_hints_fold_and_unfold_by_keyboard(
    browser: Browser, pages: dict[str, Path], name: str
) -> None:
    page = browser.open(pages[name])
    question, fault = page.locator(".hint > summary"), page.locator(".hint details > summary")
    says = page.locator(".hint details p")

    seen = [question.is_visible(), fault.is_visible(), says.is_visible()]
    question.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.textContent")
    seen_then = [fault.is_visible(), says.is_visible()]
    page.keyboard.press("Space")

    assert (seen, focused, seen_then) == (
        [True, False, False],
        "What is probably the matter",
        [True, False],
    )
    assert says.is_visible()
    page.keyboard.press("Space")
    assert not says.is_visible()


def test_everything_that_folds_can_be_reached_with_the_tab_key(
    browser: Browser, pages: dict[str, Path]
) -> None:
    page = browser.open(pages["order"])
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim().slice(0, 30)"))

    for summary in page.locator("summary:visible").all():
        assert (summary.text_content() or "").strip()[:30] in reached


def test_the_first_check_to_fix_is_open_and_another_opens(
    browser: Browser, pages: dict[str, Path]
) -> None:
    page = browser.open(pages["order"])
    first, second = page.locator(".failed > details").all()

    assert first.evaluate("one => one.open")
    assert not second.locator(".fault").is_visible()
    second.locator("summary.row").click()
    assert second.locator(".fault").is_visible()


def test_paper_shows_every_failure_and_no_hint(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.open(pages["order"], "dark")
    page.emulate_media(media="print")

    shown = [one.is_visible() for one in page.locator(".fault .message").all()]
    assert shown == [True, True]
    assert not page.locator(".hint p").first.is_visible()
    assert not page.locator(".program button").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf()[:5] == b"%PDF-"


def test_the_button_copies_the_program(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.open(pages["overwrites"])

    page.locator(".program button").first.click()
    page.get_by_text("copied").wait_for()

    assert page.evaluate("navigator.clipboard.readText()") == (
        "a = Value(1.0)\nb = a + a\nb.backward()\nprint(a.grad)"
    )


def test_the_ring_is_around_the_first_wrong_node(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.open(pages["overwrites"])

    assert page.locator(".ring").count() == 1
    assert page.locator(".wrong .name").text_content() == "a = Value(1.0)"
    assert page.locator(".graph .arrow").count() == 2


@pytest.mark.parametrize("name", NAMES)
def test_a_narrow_screen_needs_no_scrolling_sideways(
    browser: Browser, pages: dict[str, Path], name: str
) -> None:
    page = browser.open(pages[name], width=360)

    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("name", [*NAMES, "track"])
def test_on_a_phone_code_is_whole_and_tables_fit(
    browser: Browser, pages: dict[str, Path], name: str
) -> None:
    page = browser.open(pages[name], width=360)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")

    beyond = page.evaluate(
        "[...document.querySelectorAll('pre, table')].filter(one => one.checkVisibility())"
        ".filter(one => one.scrollWidth > one.clientWidth"
        " || one.getBoundingClientRect().right > 340).map(one => one.outerHTML)"
    )

    assert beyond == []


@pytest.mark.parametrize("width", [360, 900])
def test_the_losses_can_be_read_at_every_width(
    browser: Browser, pages: dict[str, Path], width: int
) -> None:
    page = browser.open(pages["not-zeroed"], width=width)

    heights = page.evaluate(
        "[...document.querySelectorAll('.losses text')].filter(one => one.checkVisibility())"
        ".map(one => one.getBoundingClientRect().height)"
    )

    assert page.get_by_role("img", name="Your loss goes").count() == 1
    assert len(heights) > 5
    assert min(heights) >= 11


def test_a_reader_s_software_hears_marks_and_pictures_as_words(
    browser: Browser, pages: dict[str, Path]
) -> None:
    page = browser.open(pages["overwrites"])

    marks = page.get_by_role("img", name="failed", exact=True)
    assert marks.count() == 1
    picture = page.get_by_role("img", name="A graph of 2 nodes")
    assert picture.get_attribute("aria-label") == (
        "A graph of 2 nodes. First wrong: a.grad, expected 2.0, got 1.0."
    )


def test_a_page_is_read_whole_without_its_script(
    browser: Browser, pages: dict[str, Path], tmp_path: Path
) -> None:
    text = pages["overwrites"].read_text(encoding="utf-8")
    bare = tmp_path / "bare.html"
    bare.write_text(text[: text.index("<script>")], encoding="utf-8")

    page = browser.open(bare)

    assert page.locator(".program pre").first.is_visible()
    assert page.locator(".program button").count() == 0
    assert page.locator(".graph svg").is_visible()
