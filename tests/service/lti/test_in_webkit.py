"""In WebKit, which keeps no cookie of a site within another one's page, an exercise works, too."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.lti.framing import COURSE, OTHER, Framing
from tests.service.lti.webkit import WITHOUT, WebKit, has_webkit, webkit
from tests.service.running import RIGHT

pytestmark = [
    pytest.mark.skipif(not has_webkit(), reason=WITHOUT),
    pytest.mark.xdist_group("browser"),
]

TOOL = "iframe[name=tool]"


@pytest.fixture(scope="module")
def browser(framing: Framing) -> Iterator[WebKit]:
    with webkit(framing.ports) as made:
        yield made


def test_somebody_hands_in_within_the_lms_s_page_and_reads_the_verdict(
    framing: Framing, browser: WebKit, tmp_path: Path
) -> None:
    file = tmp_path / "value.py"
    file.write_bytes(RIGHT)
    framing.begin(OTHER, "_parent")

    browser.go(COURSE)
    browser.frame(TOOL, "Hand in")
    assert "/s/" in browser.url
    assert "AppleWebKit" in browser.run("return navigator.userAgent")
    browser.choose_file("#file", str(file))
    browser.click("button.main")

    browser.frame(TOOL, "5 of 5 points")
    assert "/submissions/" in browser.url
    browser.run("window.isOld = true; location.reload()")
    browser.until(lambda: browser.run("return !window.isOld"))
    browser.frame(TOOL, "5 of 5 points")
    assert framing.cookies.seen
    assert "".join(framing.cookies.seen) == ""  # not one was kept, apart for the LMS's site or not


def test_without_storage_a_window_opens_it(framing: Framing, browser: WebKit) -> None:
    framing.begin(OTHER)
    browser.go(COURSE)
    browser.frame(TOOL, "Open it in a window of its own")
    before = browser.windows

    browser.click("a.button")

    browser.until(lambda: len(browser.windows) > len(before))
    (window,) = set(browser.windows) - set(before)
    browser.window(window)
    browser.shows("Hand in")
    assert "/s/" in browser.url
    assert "".join(framing.cookies.seen) == ""
