"""Asks an LMS over the web: patient with what passes, and at once clear about what does not."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from grader.course.push.address import as_asked, home_of
from grader.engines.text import visible
from grader.errors import GraderError, Misused, install_command

if TYPE_CHECKING:
    from ssl import SSLContext

LONGEST_WAIT_S: Final = 120.0
FEW_LEFT: Final = 50.0
RATE_LIMITED: Final = "rate limit"
LONG_S: Final = 10.0
"""A wait that a person at a terminal would wonder at."""

LONGEST_WORDS: Final = 300
WORDS: Final = ("error", "errors", "message")
"""The fields in which an LMS says why not."""


class NoHttpx(Misused):
    """The package that speaks to an LMS is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "pushing marks needs httpx, which is not installed",
            hint=install_command("httpx"),
        )


class NotAllowed(Misused):
    """An LMS does not take the token, or not for this."""

    def __init__(self, says: str, variable: str, hint: str = "") -> None:
        right = f"see that {variable} is right, not expired, and of somebody who may grade here"
        super().__init__(f"the LMS does not allow it{says}", hint=hint or right)


class InvalidToken(NotAllowed):
    """An LMS does not take the token, whatever it is for."""


class NotThere(Misused):
    """An LMS knows no such course or assignment."""

    def __init__(self, what: str, says: str = "", hint: str = "") -> None:
        super().__init__(
            f"the LMS knows no {what}{f': {says}' if says else ''}",
            hint=hint or "check --url, --course and --assignment",
        )


class MovedElsewhere(Misused):
    """An address leads to another one, which gets no token."""

    def __init__(self, url: str, place: str) -> None:
        super().__init__(
            f"{url} leads to {place}", hint="name that address with --url, if it is right"
        )


class Unreachable(Misused):
    """An LMS did not answer, however often it was asked."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            f"{url} does not answer: {reason}",
            hint="start again later: what was sent stands in push.jsonl, and is not sent twice",
        )


class LmsRefused(Misused):
    """An LMS does not take something."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the LMS refuses: {reason}", hint="see what it says of this student")


class LmsDropped(LmsRefused):
    """An LMS answers well, and keeps something else than it was sent."""

    def __init__(self, reason: str) -> None:
        GraderError.__init__(self, reason, hint="see what the LMS shows of this student")


def sleep(seconds: float) -> None:
    """Wait, whatever waits when that is asked."""
    time.sleep(seconds)


def _in_silence(line: str) -> None:
    """Tell nobody."""


class RetryPolicy(NamedTuple):
    """The patience with an LMS.

    Attributes:
        timeout_s: for one answer.
        tries: how often it is asked the same.
        sleep: waits so many seconds.
        tell: told, in a line, of a wait that takes long.
    """

    timeout_s: float = 30.0
    tries: int = 6
    sleep: Callable[[float], None] = sleep
    tell: Callable[[str], None] = _in_silence


class Response(NamedTuple):
    """The answer of an LMS: its JSON, and where the next page is; "" for the last."""

    body: Any
    following: str = ""


Form = Mapping[str, str]
Missing = Callable[[], Form]


class Web:
    """An LMS at an address, asked with a token that is shown to nobody else."""

    def __init__(
        self, url: str, variable: str, headers: Mapping[str, str], patience: RetryPolicy
    ) -> None:
        """Be ready to ask.

        Args:
            url: where the LMS is, "https://canvas.example.edu".
            variable: the name of the variable that the token came from, for hints.
            headers: sent with each question.
            patience: how long to wait.

        Raises:
            InsecureUrl, PageWithin: a token would travel in the open, or to no LMS.
            NoHttpx: nothing here speaks to the web.
        """
        self.url = home_of(url)
        try:
            import httpx
        except ImportError as error:
            raise NoHttpx from error
        self._variable, self._patience = variable, patience
        self._broken: type[Exception] = httpx.TransportError
        self._client = httpx.Client(
            headers=dict(headers), timeout=patience.timeout_s, verify=_trusted()
        )

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def ask(
        self, method: str, path: str, data: Form | None = None, missing: Missing | None = None
    ) -> Response:
        """Return the answer to a question; asking it twice must do no harm, unless `missing` looks.

        Args:
            method: "GET", "PUT" or "POST".
            path: below the address, or the whole address of a next page.
            data: the fields of a form.
            missing: asked before each further try which fields are still to be sent, since nobody
                knows what the try before has done; where none is, that is the end.

        Raises:
            NotAllowed, NotThere, MovedElsewhere, LmsRefused: asking again would not help.
            Unreachable: it was asked often enough.
        """
        url = path if path.startswith(f"{self.url}/") else self.url + path
        reason = "?"
        for attempt in range(self._patience.tries):
            answer, reason, wait = self._attempt(method, url, data, attempt)
            if answer is not None:
                return answer
            if attempt == self._patience.tries - 1:
                break
            if wait >= LONG_S:
                self._patience.tell(
                    f"{self.url} says to wait ({reason}): it is asked again in {wait:.0f} s, "
                    f"{self._patience.tries - attempt - 1} times more at most"
                )
            self._patience.sleep(wait)
            if missing is not None and not (data := missing()):
                return Response(None)
        raise Unreachable(self.url, reason)

    def _attempt(
        self, method: str, url: str, data: Form | None, attempt: int
    ) -> tuple[Response | None, str, float]:
        """Return the answer; where it is none, why to ask again and when."""
        try:
            response = self._client.request(method, url, data=dict(data) if data else None)
        except self._broken as error:
            return None, type(error).__name__, 2.0**attempt
        reason, wait = self._reason_to_retry(response, attempt)
        return None if reason else self._answer(response, url), reason, wait

    def _reason_to_retry(self, response: Any, attempt: int) -> tuple[str, float]:
        """Return why to ask again and when; "" where this is the answer."""
        status = response.status_code
        limited = status == 429 or (status == 403 and RATE_LIMITED in response.text.lower())
        if limited or status >= 500:
            return f"status {status}", _retry_after_s(response.headers) or 2.0**attempt
        if status in (401, 403):
            invalid = status == 401 and "www-authenticate" in response.headers
            says = f" (status {status}){_after(response)}"
            raise (InvalidToken if invalid else NotAllowed)(says, self._variable)
        if status == 404:
            raise NotThere(response.url.path)
        if 300 <= status < 400:
            raise MovedElsewhere(self.url, response.headers.get("location", "somewhere else"))
        if status >= 400:
            raise LmsRefused(f"status {status}{_after(response)}")
        return "", 0.0

    def _answer(self, response: Any, url: str) -> Response:
        try:
            body = json.loads(response.text)
        except (ValueError, RecursionError) as error:
            raise Unreachable(url, "it answers with something else than JSON") from error
        if _left(response.headers) < FEW_LEFT:
            self._patience.sleep(1.0)
        following = as_asked(str(response.links.get("next", {}).get("url", "")))
        if following and not following.startswith(f"{self.url}/"):
            raise MovedElsewhere(self.url, following)
        return Response(body, following)


@cache
def _trusted() -> "SSLContext":
    """Return whom TLS trusts on this machine; to read it takes longer than to ask an LMS."""
    import httpx

    return httpx.create_ssl_context()


def _after(response: Any) -> str:
    """Return an LMS's own words in an answer, after a colon; "" where it has none."""
    try:
        words = "; ".join(dict.fromkeys(_words(json.loads(response.text))))
    except (ValueError, RecursionError):
        return ""
    return f": {visible(words, LONGEST_WORDS)}" if words else ""


def _words(body: Any) -> Iterator[str]:
    """Yield the sentences in an answer that says why not, in whatever form it says so."""
    if isinstance(body, str):
        yield body
    elif isinstance(body, list):
        for one in body:
            yield from _words(one)
    elif isinstance(body, dict):
        for name in [name for name in WORDS if name in body] or body:
            yield from _words(body[name])


def _retry_after_s(headers: Mapping[str, str]) -> float:
    """Return the seconds that an LMS asks to wait, bounded; 0 where it does not say."""
    try:
        return min(LONGEST_WAIT_S, max(0.0, float(headers.get("retry-after", ""))))
    except ValueError:
        return 0.0


def _left(headers: Mapping[str, str]) -> float:
    try:
        return float(headers.get("x-rate-limit-remaining", "inf"))
    except ValueError:
        return FEW_LEFT
