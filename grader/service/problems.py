"""What a visitor cannot have, and why: a page tells it, or a problem in JSON (RFC 9457)."""

from typing import Final

STATUS_TITLES: Final = {
    400: "That cannot be read",
    401: "Who are you?",
    403: "Not for you",
    404: "Nothing here",
    405: "Not in this way",
    409: "Not now",
    413: "Too large",
    415: "Not this kind of file",
    422: "Nothing to grade",
    429: "Too many at once",
    500: "Our fault",
    503: "Not ready",
}


class Problem(Exception):
    """A request that is not done; the text says why, in a sentence for whoever asked.

    Attributes:
        status: of HTTP.
        says: the reason.
        hint: what to do next, "" where there is nothing.
        retry_s: when to come again, in seconds; 0 where that would not help.
    """

    def __init__(self, status: int, says: str, hint: str = "", retry_s: int = 0) -> None:
        super().__init__(says)
        self.status, self.says, self.hint, self.retry_s = status, says, hint, retry_s

    @property
    def title(self) -> str:
        """A heading for it."""
        return STATUS_TITLES.get(self.status, "This did not work")


def nothing_here() -> Problem:
    """Return the answer for what does not exist, and for what somebody may not know to exist."""
    return Problem(404, "There is no such page, or it is not for you.")
