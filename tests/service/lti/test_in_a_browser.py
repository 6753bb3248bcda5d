"""In a real browser an exercise works within an LMS's page, with no cookie of another site kept.

The LMS and the service are at sites of their own, both by TLS; the LMS's page frames the service's.
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Frame, Page, sync_playwright
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import TimeoutError as BrowserTimeout

from grader.service.database.lti.invitations import invite_lms
from tests.reports.browser import CHROMIUM, WITHOUT
from tests.service.lti.framing import ADMIN, COURSE, KEEPER, Framing
from tests.service.lti.lms import STUDENT, TEACHER, LmsUser
from tests.service.running import RIGHT

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason=WITHOUT),
    pytest.mark.xdist_group("browser"),
]

PATIENCE_MS, ASKED_MS = 120_000, 5_000
NEVER = "2100-01-01"
BLOCKED = ("--test-third-party-cookie-phaseout",)
ONE_PROCESS = ("--disable-site-isolation-trials",)  # Playwright loses a frame that changes it twice


class World:
    """A browser that reaches a service and an LMS."""

    def __init__(self, framing: Framing, browser: Browser) -> None:
        self.framing, self.cookies, self.browser = framing, framing.cookies, browser

    def open(
        self,
        user: LmsUser = STUDENT,
        storage: str = "",
        *,
        keeps: bool = True,
        keeper: str = KEEPER,
    ) -> Page:
        self.framing.begin(user, storage, keeps=keeps, keeper=keeper)
        context = self.browser.new_context(ignore_https_errors=True)
        if storage:
            context.clock.install()  # no time goes by in its pages: an answer alone moves them on
            context.clock.pause_at(NEVER)
        page = context.new_page()
        page.goto(COURSE)
        return page


@pytest.fixture(scope="module")
def world(framing: Framing) -> Iterator[World]:
    rules = ",".join(f"MAP {host}:443 127.0.0.1:{port}" for host, port in framing.ports.items())
    mapped = f"--host-resolver-rules={rules}"
    flags = ["--no-sandbox", "--disable-gpu", mapped, *BLOCKED, *ONE_PROCESS]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield World(framing, browser)
        browser.close()


def tool(page: Page, text: str) -> Frame:
    """The service's frame in the LMS's page, when it shows a text."""
    shown = page.frame_locator("iframe[name=tool]").get_by_text(text).first
    try:
        shown.wait_for(timeout=PATIENCE_MS)
    except BrowserTimeout as error:
        error.add_note("\n".join(map(_seen, page.frames)))
        raise
    found = page.frame(name="tool")
    assert found
    return found


def _seen(frame: Frame) -> str:
    """A frame's address and text."""
    try:
        return f"{frame.url}: {frame.locator('body').inner_text(timeout=ASKED_MS)!r}"
    except BrowserError as error:
        return f"{frame.url}: {error}"


@pytest.mark.parametrize("storage", ["", "_parent"], ids=["cookie", "storage"])
def test_somebody_hands_in_within_the_lms_s_page_and_reads_the_verdict(
    world: World, storage: str, tmp_path: Path
) -> None:
    page = world.open(STUDENT, storage)
    file = tmp_path / "value.py"
    file.write_bytes(RIGHT)

    frame = tool(page, "Hand in")
    assert "/s/" in frame.url
    assert "grade-lti-" in "".join(world.cookies.seen)
    assert "probe" not in "".join(world.cookies.seen)  # cookies of other sites are blocked
    frame.set_input_files("#file", str(file))
    frame.click("button.main")
    frame.wait_for_url("**/submissions/*", timeout=PATIENCE_MS)

    verdict = tool(page, "5 of 5 points")
    assert "/submissions/" in verdict.url
    again = page.context.new_page()  # the same address, in a window of its own
    again.goto(verdict.url)
    assert "5 of 5 points" in again.inner_text("body")
    again.reload()
    assert "5 of 5 points" in again.inner_text("body")
    page.context.close()


def test_where_no_cookie_is_kept_the_lms_s_page_keeps_what_is_needed(world: World) -> None:
    page = world.open(STUDENT, "_parent", keeps=False)

    assert "/s/" in tool(page, "Hand in").url
    assert "".join(world.cookies.seen) == ""
    page.context.close()


def test_an_lms_that_promises_to_keep_things_and_says_nothing_is_waited_for_and_given_up(
    world: World,
) -> None:
    page = world.open(STUDENT, "_parent", keeps=False, keeper="")
    tool(page, "Your LMS is asked who you are").wait_for_load_state()

    page.clock.fast_forward(3000)
    waiting = tool(page, "The exercise is being opened")
    waiting.wait_for_load_state()
    page.clock.fast_forward(9999)
    assert waiting.get_by_text("The exercise is being opened").is_visible()
    page.clock.fast_forward(1)

    assert tool(page, "Open it in a window of its own").url.endswith("/lti/bound")
    page.context.close()


def test_without_cookies_and_without_storage_a_window_opens_it(world: World) -> None:
    page = world.open(TEACHER, keeps=False)

    frame = tool(page, "Open it in a window of its own")
    with page.context.expect_page() as opened:
        frame.get_by_text("Open it in a window of its own").click()

    window = opened.value
    window.get_by_text("Hand in").first.wait_for(timeout=PATIENCE_MS)
    assert "/s/" in window.url
    page.context.close()


def test_an_lms_s_admin_registers_in_a_frame_which_then_asks_to_be_closed(world: World) -> None:
    site = world.framing.site
    site.lms.registration_token = "r-1"
    secret = site.write(invite_lms, "guest", site.service.now())
    asked = {"openid_configuration": f"{site.lms.url}/openid-configuration"}
    said = urlencode({**asked, "registration_token": "r-1"})
    world.framing.pages.registration = f"https://grade.example/lti/register/{secret}?{said}"
    page = world.browser.new_context(ignore_https_errors=True).new_page()
    page.goto(ADMIN)

    frame = tool(page, "Register with this LMS?")
    frame.click("button.main")

    page.wait_for_function("document.title === 'org.imsglobal.lti.close'", timeout=PATIENCE_MS)
    assert len(site.lms.tools) == 1
    page.context.close()


def test_another_site_cannot_frame_it(world: World) -> None:
    page = world.open(STUDENT)
    address = tool(page, "Hand in").url
    evil = page.context.new_page()

    with evil.expect_console_message(
        lambda said: "frame-ancestors" in said.text, timeout=PATIENCE_MS
    ):
        evil.set_content(f'<iframe src="{address}"></iframe>')

    page.context.close()
