"""A service and an LMS at sites of their own, both by TLS: the LMS's page frames the service's."""

import asyncio
import html
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from grader.service.server import listen
from tests.service.lti.arriving import LtiSite, lti_site
from tests.service.lti.lms import LEARNER, STUDENT, Lms, LmsUser

LMS_HOST, GRADE_HOST = "lms.example", "grade.example"
ADMIN = f"https://{LMS_HOST}/admin"
COURSE = f"https://{LMS_HOST}/course"
OTHER = LmsUser("u-other", (LEARNER,), "Olga Other")
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


CLOSER = """
addEventListener("message", event => {
  if (event.origin === "https://grade.example") document.title = event.data.subject;
});
"""


class LmsPages(BaseHTTPRequestHandler):
    """The LMS's pages: a course with our frame in it, and what answers a login."""

    lms: Lms
    user: LmsUser = STUDENT
    storage = ""
    keeper = KEEPER
    registration = ""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/auth":
            self._say(self._launch(dict(parse_qsl(parts.query))))
            return
        if parts.path == "/admin":
            frame = (
                f'<iframe name="tool" width="900" height="700" src="{self.registration}"></iframe>'
            )
            self._say(f"<script>{CLOSER}</script>{frame}")
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


class Framing(NamedTuple):
    """A service and an LMS that browsers reach.

    Attributes:
        cookies: what stands before the service.
        pages: the LMS's.
        ports: of this machine, by host.
        site: the service.
    """

    cookies: FramedCookies
    pages: type[LmsPages]
    ports: dict[str, int]
    site: LtiSite

    def begin(
        self, user: LmsUser, storage: str = "", *, keeps: bool = True, keeper: str = KEEPER
    ) -> None:
        """Have the LMS's page be somebody's, and forget which cookies were seen."""
        self.pages.user, self.pages.storage, self.pages.keeper = user, storage, keeper
        self.cookies.kept = keeps
        self.cookies.seen.clear()


@contextmanager
def framed_service(folder: Path) -> Iterator[Framing]:
    """A service with an LMS, each at a port."""
    lms, certificate = Lms(host=LMS_HOST), _certificate(folder)
    lms.users.append(OTHER)
    pages = type("Pages", (LmsPages,), {"lms": lms})
    with lti_site(folder, lms) as site:
        cookies = FramedCookies(site.app)
        with (
            _lms_server(pages, certificate) as lms_port,
            _grade_server(site, cookies, certificate) as grade_port,
        ):
            yield Framing(cookies, pages, {LMS_HOST: lms_port, GRADE_HOST: grade_port}, site)


def _certificate(folder: Path) -> tuple[str, str]:
    key, file = str(folder / "key.pem"), str(folder / "cert.pem")
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    names = f"subjectAltName=DNS:{LMS_HOST},DNS:{GRADE_HOST}"
    more = ["-subj", "/CN=test", "-addext", names, "-keyout", key, "-out", file]
    subprocess.run([*words, *more], check=True, capture_output=True)
    return file, key


@contextmanager
def _lms_server(pages: type[LmsPages], certificate: tuple[str, str]) -> Iterator[int]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    server = ThreadingHTTPServer(("127.0.0.1", 0), pages)
    server.socket = context.wrap_socket(  # what has said nothing yet keeps nobody else waiting
        server.socket, server_side=True, do_handshake_on_connect=False
    )
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
        serving.result(600)
