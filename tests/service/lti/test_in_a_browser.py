"""In a real browser an exercise works within an LMS's page, with no cookie of another site kept.

The LMS and the service are at sites of their own, both by TLS; the LMS's page frames the service's.
"""

import asyncio
import html
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, Frame, Page, sync_playwright
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from grader.service.server import listen
from tests.reports.browser import CHROMIUM, WITHOUT
from tests.service.lti.arriving import LtiSite, lti_site
from tests.service.lti.lms import STUDENT, TEACHER, Lms, LmsUser
from tests.service.running import RIGHT

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason=WITHOUT),
    pytest.mark.xdist_group("browser"),
]

LMS_HOST, GRADE_HOST = "lms.example", "grade.example"
PATIENCE_MS = 120_000
NEVER = "2100-01-01"
BLOCKED = ("--test-third-party-cookie-phaseout",)
KEEPER = """
const kept = {};
addEventListener("message", event => {
  const said = event.data, key = said && said.key;
  if (event.origin !== "https://grade.example" || !said.subject) return;
  if (said.subject === "lti.put_data") kept[key] = said.value;
  else if (said.subject !== "lti.get_data") return;
  event.source.postMessage({subject: `${said.subject}.response`, message_id: said.message_id,
    key, value: kept[key]}, event.origin);
});
"""


class LmsPages(BaseHTTPRequestHandler):
    """The LMS's pages: a course with our frame in it, and what answers a login."""

    lms: Lms
    user: LmsUser = STUDENT
    storage = ""
    keeper = KEEPER

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/auth":
            self._say(self._launch(dict(parse_qsl(parts.query))))
            return
        more = {"lti_storage_target": self.storage} if self.storage else {}
        fields = self.lms.login(self.user, **more)
        frame = '<iframe name="tool" width="900" height="700"></iframe>'
        script = f"<script>{self.keeper if self.storage else ''}</script>"
        self._say(f"{script}{frame}{_form('https://grade.example/lti/login', fields, 'tool')}")

    def _launch(self, asked: dict[str, str]) -> str:
        fields = {
            "state": asked["state"],
            "id_token": self.lms.sign(self.lms.claims(asked, self.user)),
        }
        return _form(asked["redirect_uri"], fields, "_self")

    def _say(self, body: str) -> None:
        said = f"<!doctype html><title>LMS</title>{body}".encode()
        self.send_response(200)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, format: str, *said: object) -> None:  # noqa: A002
        """Say nothing."""


def _form(action: str, fields: dict[str, str], target: str) -> str:
    inputs = "".join(
        f'<input type="hidden" name="{name}" value="{html.escape(value)}">'
        for name, value in fields.items()
    )
    return (
        f'<form method="post" action="{action}" target="{target}">{inputs}</form>'
        "<script>document.forms[0].submit()</script>"
    )


class FramedCookies:
    """Stands before the service: gives a cookie that no partition has, and sees what comes back.

    Attributes:
        kept: whether a browser may keep any cookie within another site's page; WebKit keeps none.
        seen: the cookies that came from within the LMS's page.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app, self.kept = app, True
        self.seen: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        is_framed = headers.get(b"sec-fetch-dest") == b"iframe"
        if is_framed:
            self.seen.append(headers.get(b"cookie", b"").decode())

        async def changed(message: Message) -> None:
            if message["type"] == "http.response.start" and is_framed:
                probe = (b"set-cookie", b"probe=1; Path=/; Secure; SameSite=None")
                given = [one for one in message["headers"] if one[0] != b"set-cookie" or self.kept]
                message = {**message, "headers": [*given, probe]}
            await send(message)

        await self.app(scope, receive, changed)


class World:
    """A service and an LMS that a browser can reach."""

    def __init__(self, cookies: FramedCookies, pages: type[LmsPages], browser: Browser) -> None:
        self.cookies, self.pages, self.browser = cookies, pages, browser

    def open(
        self,
        user: LmsUser = STUDENT,
        storage: str = "",
        *,
        keeps: bool = True,
        keeper: str = KEEPER,
    ) -> Page:
        self.pages.user, self.pages.storage, self.pages.keeper = user, storage, keeper
        self.cookies.kept = keeps
        self.cookies.seen.clear()
        context = self.browser.new_context(ignore_https_errors=True)
        if storage:
            context.clock.install()  # no time goes by in its pages: an answer alone moves them on
            context.clock.pause_at(NEVER)
        page = context.new_page()
        page.goto(f"https://{LMS_HOST}/course")
        return page


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    folder = tmp_path_factory.mktemp("tls")
    key, file = str(folder / "key.pem"), str(folder / "cert.pem")
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    names = f"subjectAltName=DNS:{LMS_HOST},DNS:{GRADE_HOST}"
    more = ["-subj", "/CN=test", "-addext", names, "-keyout", key, "-out", file]
    subprocess.run([*words, *more], check=True, capture_output=True)
    return file, key


@pytest.fixture(scope="module")
def world(
    tmp_path_factory: pytest.TempPathFactory, certificate: tuple[str, str]
) -> Iterator[World]:
    lms = Lms(host=LMS_HOST)
    pages = type("Pages", (LmsPages,), {"lms": lms})
    with (
        lti_site(tmp_path_factory.mktemp("browser"), lms) as site,
        nullcontext(FramedCookies(site.app)) as cookies,
        _lms_server(pages, certificate) as lms_port,
        _grade_server(site, cookies, certificate) as grade_port,
        sync_playwright() as playwright,
    ):
        ports = {LMS_HOST: lms_port, GRADE_HOST: grade_port}
        rules = ",".join(f"MAP {host}:443 127.0.0.1:{port}" for host, port in ports.items())
        flags = ["--no-sandbox", "--disable-gpu", f"--host-resolver-rules={rules}", *BLOCKED]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield World(cookies, pages, browser)
        browser.close()


@contextmanager
def _lms_server(pages: type[LmsPages], certificate: tuple[str, str]) -> Iterator[int]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    server = ThreadingHTTPServer(("127.0.0.1", 0), pages)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


@contextmanager
def _grade_server(site: LtiSite, app: ASGIApp, certificate: tuple[str, str]) -> Iterator[int]:
    file, key = certificate
    with listen("127.0.0.1", 0) as taken:
        settings = uvicorn.Config(
            app, lifespan="off", log_config=None, ws="none",
            ssl_certfile=file, ssl_keyfile=key,
        )  # fmt: skip
        settings.load()
        server = uvicorn.Server(settings)
        serving = asyncio.run_coroutine_threadsafe(server._serve([taken]), site._loop)
        yield taken.getsockname()[1]
        site._loop.call_soon_threadsafe(site.service.dispatcher.lanes.news.close)
        server.should_exit = True
        serving.result(60)


def tool(page: Page, text: str) -> Frame:
    """The service's frame in the LMS's page, when it shows a text."""
    page.frame_locator("iframe[name=tool]").get_by_text(text).first.wait_for(timeout=PATIENCE_MS)
    found = page.frame(name="tool")
    assert found
    return found


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


def test_another_site_cannot_frame_it(world: World) -> None:
    page = world.open(STUDENT)
    address = tool(page, "Hand in").url
    evil = page.context.new_page()
    refused: list[str] = []
    evil.on("console", lambda said: refused.append(said.text))

    evil.set_content(f'<iframe src="{address}"></iframe>')
    evil.wait_for_timeout(2000)

    assert any("frame-ancestors" in one for one in refused)
    page.context.close()
