"""The address of an LMS, as it is asked and as its links are compared with it."""

import re
from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

from grader.errors import Misused

USUAL_PORTS: Final = {"https": 443, "http": 80}
A_PAGE: Final = re.compile(r"/(course|courses|mod|my|login|grade|user|admin)(/.*)?$|/[^/]*\.php$")
"""The end of a page's address within an LMS, which is not where the LMS is."""


class InsecureUrl(Misused):
    """A token would travel where others can read it."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"{url} is no https address", hint="a token is sent by https alone: https://HOST"
        )


class PageWithin(Misused):
    """An address is a page's within the LMS, and not the LMS's own."""

    def __init__(self, url: str, home: str) -> None:
        super().__init__(
            f"{url} is a page's address within the LMS", hint=f"name where the LMS is: --url {home}"
        )


def home_of(url: str) -> str:
    """Return the address of an LMS: its host in small letters, without the port that it has anyway.

    Raises:
        InsecureUrl: a token would travel in the open.
        PageWithin: it is the address of a page.
    """
    parts = urlsplit(url.strip())
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_here(parts.hostname)):
        raise InsecureUrl(url)
    home = _place(parts) + A_PAGE.sub("", parts.path).rstrip("/")
    if parts.query or parts.fragment or A_PAGE.search(parts.path.rstrip("/")):
        raise PageWithin(url, home)
    return home


def as_asked(url: str) -> str:
    """Return an address whose host and port are written as in `home_of`."""
    parts = urlsplit(url)
    rest = url[len(parts.scheme) + 3 + len(parts.netloc) :] if parts.netloc else url
    return _place(parts) + rest if parts.netloc else url


def _place(parts: SplitResult) -> str:
    try:
        port = parts.port
    except ValueError as error:
        raise InsecureUrl(parts.geturl()) from error
    host = (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}" + (
        "" if port in (None, USUAL_PORTS.get(parts.scheme)) else f":{port}"
    )


def _is_here(host: str | None) -> bool:
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False
