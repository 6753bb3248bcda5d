"""Pages that live without cookies: the key of their session stands before their addresses.

`/s/KEY/courses/ml` is `/courses/ml`, asked by whoever has the key. Every address of ours on such a
page gets the key, too, so that no page has to know of it. Only pages that an LMS has opened are
such, and only they may be framed: by the LMS.
"""

import re
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

START: Final = "/s/"
KEYED: Final = re.compile(r"/s/(?P<key>[\w-]{20,60})(?P<rest>/.*)")
OWN_ADDRESS: Final = re.compile(rb'(?<=[\s"])(href|action|data-events)="/(?!/)')
LAUNCHES: Final = "/lti/"
UNFRAMED: Final = "frame-ancestors 'none'"
SCOPE: Final = "grade.keyed"


class KeyedScope:
    """What is known of a request by its address.

    Attributes:
        key: of the session; "" where it has none.
        frames: origins whose pages may frame the answer, for a policy.
    """

    def __init__(self, key: str, frames: str) -> None:
        """Begin with what the address says."""
        self.key, self.frames = key, frames


class KeyedAddresses:
    """Takes keys out of addresses on the way in, and puts them there on the way out."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        found = KEYED.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if found is None and not scope.get("path", "").startswith(LAUNCHES):
            await self._app(scope, receive, send)
            return
        key = found["key"] if found else ""
        keyed = KeyedScope(key, "*")  # a page that refuses has nothing on it to be tricked into
        scope = {**scope, SCOPE: keyed}
        if found:
            scope |= {"path": found["rest"], "raw_path": found["rest"].encode()}
        await self._app(scope, receive, _Sender(keyed, send))


class _Sender:
    """Sends an answer with the key in its addresses."""

    def __init__(self, keyed: KeyedScope, send: Send) -> None:
        self._keyed, self._send = keyed, send
        self._begin: Message | None = None  # of a page, whose length is not known yet
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._head(message)
            if self._is_page(message):
                self._begin = message
                return
        elif self._begin is not None:
            self._body += message.get("body", b"")
            if message.get("more_body"):
                return
            await self._send_page()
            return
        await self._send(message)

    def _is_page(self, message: Message) -> bool:
        headers = MutableHeaders(raw=message["headers"])
        return bool(self._keyed.key) and headers.get("content-type", "").startswith("text/html")

    def _head(self, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        del headers["x-frame-options"]
        policy = headers.get("content-security-policy", "")
        framed = f"frame-ancestors {self._keyed.frames or chr(39) + 'none' + chr(39)}"
        if policy:
            headers["content-security-policy"] = policy.replace(UNFRAMED, framed)
        if not self._keyed.key:
            return
        headers["referrer-policy"] = "no-referrer"
        place = headers.get("location", "")
        if place.startswith("/") and not place.startswith(("//", START)):
            headers["location"] = f"{START}{self._keyed.key}{place}"

    async def _send_page(self) -> None:
        assert self._begin
        start = f"{START}{self._keyed.key}/".encode()
        body = OWN_ADDRESS.sub(rb'\1="' + start, self._body)
        headers = MutableHeaders(scope=self._begin)
        if "content-length" in headers:
            headers["content-length"] = str(len(body))
        await self._send(self._begin)
        await self._send({"type": "http.response.body", "body": body})
