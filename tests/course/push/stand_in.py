"""A server on loopback that misbehaves where it is told to; which LMS it is, others say."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, parse_qsl, urlsplit

TOKEN = "s3cret-token"


class Reply(NamedTuple):
    """What is answered; a status of 0 cuts the line in the middle."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = {}  # noqa: RUF012  (never changed)
    raw: bytes = b""


class Asked(NamedTuple):
    """A question: the method, the path, its fields and the form."""

    method: str
    path: str
    query: dict[str, list[str]]
    form: dict[str, str]
    token: str


class Server:
    """Answers by `answer`, but first by what `troubles` holds, one after the other.

    What `lost` holds is answered, one after the other, to what has changed something.
    """

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[Asked] = []
        self.troubles: list[Reply] = []
        self.lost: list[Reply] = []
        self.refusals: dict[str, Reply] = {}

    def answer(self, asked: Asked) -> Reply:
        raise NotImplementedError

    def changes(self, asked: Asked) -> bool:
        """Whether a question changes something."""
        raise NotImplementedError

    def all_sent(self) -> list[Asked]:
        """The questions that change something."""
        return [one for one in self.asked if self.changes(one)]

    def reply(self, asked: Asked) -> Reply:
        if self.troubles:
            return self.troubles.pop(0)
        reply = self.answer(asked)
        return self.lost.pop(0) if self.lost and self.changes(asked) else reply


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    """Answer on loopback."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

        def _do(self) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("Content-Length", 0))
            form = dict(parse_qsl(self.rfile.read(length).decode(), keep_blank_values=True))
            token = self.headers.get("Authorization", "")
            asked = Asked(self.command, parts.path, parse_qs(parts.query), form, token)
            reply = server.reply(asked)
            server.asked.append(asked)
            body = reply.raw or json.dumps(reply.body).encode()
            self.send_response(reply.status or 200)
            self.send_header("Content-Length", str(len(body) + (100 if not reply.status else 0)))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
            if not reply.status:
                self.close_connection = True

        do_GET = do_PUT = do_POST = _do  # noqa: N815  (http.server's names)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as held:
        server.url = f"http://127.0.0.1:{held.server_port}"
        thread = threading.Thread(target=held.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            held.shutdown()
            thread.join()
