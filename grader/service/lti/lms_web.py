"""Asks an LMS over the web: bounded in time and size, its answer kept in its own words."""

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urljoin, urlsplit

from grader.engines.text import visible
from grader.errors import Misused
from grader.service.settings import LOOPBACK

if TYPE_CHECKING:
    import httpx

TIMEOUT_S: Final = 10.0
MOST_BYTES: Final = 4 << 20
LONGEST_WORDS: Final = 300
LONGEST_URL: Final = 2000
NEXT: Final = re.compile(r"<([^>]*)>\s*((?:;\s*[^;,=\s]+\s*=\s*(?:\"[^\"]*\"|[^;,\"]*)\s*)*)")
REL: Final = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^;,\s\"]*))", re.I)


class LmsSilent(Exception):
    """An LMS gave no answer that can be read; it may later.

    Attributes:
        wait_s: in how many seconds it wants to be asked again; 0 where it does not say.
    """

    def __init__(self, says: str, wait_s: float = 0.0) -> None:
        super().__init__(says)
        self.wait_s = wait_s


class BadLmsAddress(Misused):
    """An address of an LMS cannot be used."""

    def __init__(self, what: str, url: str, reason: str) -> None:
        super().__init__(
            f"{what} {visible(url, LONGEST_WORDS)}: {reason}",
            hint="write it as the LMS shows it: https://HOST/PATH",
        )


class LmsAnswer(NamedTuple):
    """An answer of an LMS.

    Attributes:
        status: of HTTP.
        headers: with small letters.
        text: of the body.
        url: that was asked.
    """

    status: int
    headers: Mapping[str, str]
    text: str
    url: str

    @property
    def is_well(self) -> bool:
        """Whether it did what was asked."""
        return 200 <= self.status < 300

    @property
    def is_busy(self) -> bool:
        """Whether it wants to be asked later: Canvas says that it is too much with a 403."""
        left = self.headers.get("x-rate-limit-remaining", "1")
        limited = left.startswith(("0", "-")) or "rate limit" in self.text.lower()
        return self.status == 429 or self.status >= 500 or (self.status == 403 and limited)

    @property
    def retry_s(self) -> float:
        """In how many seconds; 0 where it does not say."""
        text = self.headers.get("retry-after", "")
        return float(text) if text.isdecimal() and len(text) < 6 else 0.0

    @property
    def json(self) -> Any:
        """What it says, None where that is no JSON."""
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError):
            return None

    @property
    def says(self) -> str:
        """Its status, and its own words, on a line."""
        words = " ".join(self.text.split())
        return f"status {self.status}" + (f": {visible(words, LONGEST_WORDS)}" if words else "")

    @property
    def following(self) -> str:
        """The address of the next page, "" on the last one; however the header is quoted."""
        for url, rest in NEXT.findall(self.headers.get("link", "")):
            rels = [quoted or plain for quoted, plain in REL.findall(rest)]
            if any("next" in rel.lower().split() for rel in rels):
                return str(urljoin(self.url, url))
        return ""


class LmsWeb:
    """The web, as LMSs are asked over it: no redirects, ten seconds, four megabytes."""

    def __init__(self, transport: "httpx.AsyncBaseTransport | None" = None) -> None:
        """Be ready to ask.

        Args:
            transport: in place of the network's.
        """
        self._transport = transport
        self._client: httpx.AsyncClient | None = None

    async def get(self, url: str, headers: Mapping[str, str] | None = None) -> LmsAnswer:
        """Return what is at an address.

        Raises:
            LmsSilent: nothing that can be read.
        """
        return await self._ask("GET", url, headers, {})

    async def post(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        *,
        form: Mapping[str, str] | None = None,
        content: str = "",
    ) -> LmsAnswer:
        """Return the answer to a form, or to a text.

        Raises:
            LmsSilent: there is none that can be read.
        """
        sent = {"data": dict(form)} if form is not None else {"content": content.encode()}
        return await self._ask("POST", url, headers, sent)

    async def close(self) -> None:
        """Let go of the connections."""
        if self._client is not None:
            await self._client.aclose()

    async def _ask(
        self, method: str, url: str, headers: Mapping[str, str] | None, sent: Mapping[str, Any]
    ) -> LmsAnswer:
        import httpx  # many services ask no LMS, and none does as it starts

        client = self._client = self._client or httpx.AsyncClient(
            timeout=TIMEOUT_S, transport=self._transport, follow_redirects=False
        )
        try:
            async with client.stream(method, url, headers=dict(headers or {}), **sent) as answer:
                body = b""
                async for piece in answer.aiter_bytes():
                    body += piece
                    if len(body) > MOST_BYTES:
                        raise LmsSilent(f"{_host(url)} sends more than {MOST_BYTES >> 20} MB")
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise LmsSilent(f"{_host(url)} does not answer: {type(error).__name__}") from error
        names = {name.lower(): value for name, value in answer.headers.items()}
        return LmsAnswer(answer.status_code, names, body.decode("utf-8", "replace"), url)


def checked_url(what: str, url: str) -> str:
    """Return an address of an LMS, which must be by TLS, but on this machine.

    Raises:
        BadLmsAddress: it is not.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise BadLmsAddress(what, url, "it is no address") from error
    if not host or parts.scheme not in ("https", "http") or len(url) > LONGEST_URL:
        raise BadLmsAddress(what, url, "it is no address of the web")
    if parts.scheme == "http" and host not in LOOPBACK:
        raise BadLmsAddress(what, url, "without TLS anybody on the way can change what it says")
    return url


def is_usable(url: object) -> bool:
    """Return whether an address that an LMS has named can be asked."""
    try:
        return isinstance(url, str) and bool(checked_url("", url))
    except BadLmsAddress:
        return False


def origin_of(url: str) -> str:
    """Return the origin of an address, as a browser writes it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"


def _host(url: str) -> str:
    return urlsplit(url).netloc if "://" in url else url
