"""Moodle's web services: a function is asked, and what Moodle says against it is told."""

from collections.abc import Mapping
from typing import Any, Final

from grader.course.push.web import (
    LONGEST_WORDS,
    InvalidToken,
    LmsRefused,
    NotAllowed,
    RetryPolicy,
    Web,
)
from grader.engines.text import visible

TOKEN: Final = "MOODLE_TOKEN"
SERVER: Final = "/webservice/rest/server.php"
NO_ACCESS: Final = "accessexception"
INVALID: Final = frozenset({"invalidtoken", NO_ACCESS})  # the same for every student
NOT_ALLOWED: Final = frozenset({"nopermissions", "requireloginerror", "notingroup"})
NOT_KNOWN: Final = frozenset({NO_ACCESS, "invalidrecord", "nopermissions"})
SWITCHED_OFF: Final = (
    "an admin switches on web services, and the REST protocol: Site administration → Server → Web "
    "services → Overview"
)


class MoodleService:
    """The web services of a Moodle, asked with a token.

    Source: Moodle's documentation of web services; an error comes with status 200.
    """

    def __init__(self, url: str, token: str, patience: RetryPolicy) -> None:
        """Be ready to ask, as whoever the token is of."""
        self.web = Web(url, TOKEN, {}, patience)
        self._token = token

    def ask(self, function: str, data: Mapping[str, str]) -> Any:
        """Return the answer of a function.

        Raises:
            NotAllowed, InvalidToken, LmsRefused: with Moodle's own words.
        """
        body = self._body(function, data)
        if not isinstance(body, dict) or "exception" not in body:
            return body
        code = str(body.get("errorcode", ""))
        says = f": {visible(str(body.get('message', '')), LONGEST_WORDS)} ({code})"
        if code == NO_ACCESS:
            raise InvalidToken(says, TOKEN, _lacking(function))
        if code in INVALID:
            raise InvalidToken(says, TOKEN)
        if code in NOT_ALLOWED:
            raise NotAllowed(says, TOKEN)
        raise LmsRefused(f"{code}: {body.get('message', '')}")

    def ask_if_there(self, function: str, data: Mapping[str, str]) -> Any | None:
        """Return the answer of a function; None where this token has no such function."""
        body = self._body(function, data)
        if isinstance(body, dict) and "exception" in body:
            if str(body.get("errorcode", "")) in NOT_KNOWN:
                return None
            raise LmsRefused(f"{body.get('errorcode', '')}: {body.get('message', '')}")
        return body

    def why_not(self, function: str) -> str:
        """Return why a function cannot be asked, "" where it can.

        Without its fields, Moodle does nothing, and says so; whether it is there, it says before.
        """
        body = self._body(function, {})
        if isinstance(body, dict) and str(body.get("errorcode", "")) in INVALID:
            return visible(str(body.get("message", "")), LONGEST_WORDS)
        return ""

    def _body(self, function: str, data: Mapping[str, str]) -> Any:
        form = {"wstoken": self._token, "wsfunction": function, "moodlewsrestformat": "json"}
        try:
            return self.web.ask("POST", SERVER, form | dict(data)).body
        except NotAllowed as error:
            says = error.message.removeprefix("the LMS does not allow it")
            raise InvalidToken(says, TOKEN, SWITCHED_OFF) from error


def _lacking(function: str) -> str:
    return (
        f"the token's service needs {function}, and its owner webservice/rest:use in the system: "
        "--check says what is missing"
    )
