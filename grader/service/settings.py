"""The settings of a service: where its data is, its address, and what grades submissions."""

from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from sqlalchemy import URL

from grader.errors import Misused
from grader.exercises.search_path import OURS, Folders
from grader.sandbox.protocol.limits import Tier

DEFAULT_PORT: Final = 8475
LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
MEGABYTE: Final = 1 << 20


class BadAddress(Misused):
    """The service's own address cannot be that."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            f"--url {url}: {reason}", hint="write the address that people type: https://HOST"
        )


class ServiceSettings(NamedTuple):
    """The settings of a service.

    Attributes:
        data: the folder for the database, the backups and the lock.
        database: its URL.
        url: the service's own address, without a slash at the end.
        walls: what stands around submissions.
        workers: how many processes grade, in the fast lane.
        executor: who grades in place of these, see `grade batch --executor`.
        homes: folders of exercises.
        wait_s: how long an answer waits for the verdict.
        most_bytes: of an upload.
        former_urls: addresses that it had before, which LMSs still know.
    """

    data: Path
    database: URL
    url: str = f"http://127.0.0.1:{DEFAULT_PORT}"
    walls: Tier = "limits"
    workers: int = 1
    executor: str = ""
    homes: Folders = OURS
    wait_s: float = 10.0
    most_bytes: int = 6 * MEGABYTE
    former_urls: tuple[str, ...] = ()

    @property
    def is_secure(self) -> bool:
        """Whether browsers reach it by TLS."""
        return self.url.startswith("https://")

    def url_at(self, host: str) -> str:
        """Return the address by which it was asked: a former one, or its own.

        Args:
            host: that was asked, with a port where there is one.
        """
        former = [one for one in self.former_urls if urlsplit(one).netloc.lower() == host.lower()]
        return former[0] if former else self.url

    @property
    def backups(self) -> Path:
        """The folder for backups that are made by themselves."""
        return self.data / "backups"


def own_address(url: str) -> str:
    """Return the service's address, checked.

    Raises:
        BadAddress: it is no address, has a path, or is http elsewhere than on this machine.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadAddress(url, "it is no address of the web")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise BadAddress(url, "it has a path, and the service needs a host of its own")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise BadAddress(url, "without TLS everyone on the way can read who hands in what")
    return f"{parts.scheme}://{parts.netloc}"
