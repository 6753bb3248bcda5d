"""Hands in to a service over the web, and returns what it says: with the standard library alone."""

import json
import time
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from grader.engines.text import visible
from grader.errors import GraderAtFault, Misused, NothingToGrade, at
from grader.reports.report import Report
from grader.reports.report_json import report_from

VARIABLE: Final = "GRADE_TOKEN"
LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
COURSES: Final = "/courses/"
WAIT_S: Final = 30
TIMEOUT_S: Final = 60.0
LARGEST: Final = 6 << 20
LONGEST_ANSWER: Final = 64 << 20
KINDS: Final = {".ipynb": "application/x-ipynb+json", ".zip": "application/zip"}
TOO_MANY: Final = 429


class BadServiceAddress(Misused):
    """An address names no course of a service."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            f"--to {url}: {reason}",
            hint="copy the address of the course's page: https://HOST/courses/NAME",
        )


class MissingToken(Misused):
    """Nothing says who hands in."""

    def __init__(self) -> None:
        super().__init__(
            f"nothing says who hands in: {VARIABLE} is not set",
            hint=f"make a token on your page of the service, then: export {VARIABLE}=grade_…",
        )


class ServiceRefused(Misused):
    """A service does not take a submission."""


class ServiceSilent(GraderAtFault):
    """A service does not answer, or not as one."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            f"{url} does not answer: {reason}",
            hint="run the same command again: what has arrived is not handed in twice",
        )


class UnreadFile(NothingToGrade):
    """The file to hand in cannot be read."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"cannot read {path}: {reason}", hint="name a script, a notebook or a zip")


class ServiceVerdict(NamedTuple):
    """What a service says of a submission.

    Attributes:
        state: "graded", "by hand", "ours", or that it waits.
        page: the address of its page.
        problem: why nothing could be graded, "" where it could.
        report: None where there is none.
    """

    state: str
    page: str
    problem: str
    report: Report | None


class SubmissionUpload(NamedTuple):
    """A file on its way to a service.

    Attributes:
        course: the address of the course's page.
        exercise: its path, "my475/ex9".
        file: the file.
        token: whose it is.
    """

    course: str
    exercise: str
    file: Path
    token: str


class _NoRedirect(HTTPRedirectHandler):
    """Follows nothing: a token is for one address alone."""

    def redirect_request(self, *_: Any) -> None:
        """Follow nothing."""


def token_in(environment: Mapping[str, str]) -> str:
    """Return the token.

    Raises:
        MissingToken: there is none.
    """
    token = environment.get(VARIABLE, "").strip()
    if not token:
        raise MissingToken
    return token


def submit(upload: SubmissionUpload, most_s: float) -> ServiceVerdict:
    """Hand in, and wait for the verdict so long.

    Raises:
        BadServiceAddress: the address names no course.
        UnreadFile: the file cannot be read.
        ServiceRefused: the service does not take it; the message says why.
        ServiceSilent: it does not answer.
    """
    began = time.monotonic()
    content = _content(upload.file)
    said = _ask(_request(upload, content), upload.course)
    while said["state"] in ("queued", "running") and time.monotonic() - began < most_s:
        wait = max(1, min(WAIT_S, int(most_s - (time.monotonic() - began))))
        place = urljoin(upload.course, f"/v1/submissions/{quote(str(said['id']))}?wait={wait}")
        said = _ask(Request(place, headers=_headers(upload)), upload.course)
    return _verdict(said, upload.course)


def _request(upload: SubmissionUpload, content: bytes) -> Request:
    """Return the request; the same file for the same exercise has the same key."""
    course = _course_in(upload.course)
    path = f"/v1/courses/{quote(course)}/exercises/{quote(upload.exercise)}/submissions"
    key = sha256(f"{upload.token} {course} {upload.exercise} {time.time() // 3600}".encode())
    key.update(content)
    headers = {
        **_headers(upload),
        "Content-Type": KINDS.get(upload.file.suffix.lower(), "text/x-python"),
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(upload.file.name)}",
        "Prefer": f"wait={WAIT_S}",
        "Idempotency-Key": key.hexdigest(),
    }
    return Request(urljoin(upload.course, path), content, headers, method="POST")


def _headers(upload: SubmissionUpload) -> dict[str, str]:
    return {"Authorization": f"Bearer {upload.token}", "Accept": "application/json"}


def _course_in(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadServiceAddress(url, "it is no address of the web")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise BadServiceAddress(url, "a token is sent by https alone")
    name = parts.path.partition(COURSES)[2].partition("/")[0]
    if not name:
        raise BadServiceAddress(url, "it names no course")
    return name


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise UnreadFile(at(file), f"it has more than {LARGEST >> 20} MB")
        return file.read_bytes()
    except OSError as error:
        raise UnreadFile(at(file), error.strerror or str(error)) from error


def _ask(request: Request, url: str) -> dict[str, Any]:
    try:
        with build_opener(_NoRedirect).open(request, timeout=TIMEOUT_S) as answer:
            said = json.loads(answer.read(LONGEST_ANSWER))
    except HTTPError as error:
        raise _refusal(error, url) from error
    except (URLError, OSError) as error:
        reason = getattr(error, "reason", error)
        raise ServiceSilent(url, visible(str(reason))) from error
    except ValueError as error:
        raise ServiceSilent(url, "what it says is no JSON") from error
    if not isinstance(said, dict) or "state" not in said:
        raise ServiceSilent(url, "it is no service of grade's")
    return said


def _refusal(error: HTTPError, url: str) -> GraderAtFault | Misused:
    """Return what to say of a refusal, in the service's own words where it has some."""
    try:
        problem = json.loads(error.read(1 << 16))
        says, hint = str(problem["detail"]), str(problem.get("hint", ""))
    except (ValueError, KeyError, TypeError, OSError):
        return ServiceSilent(url, f"status {error.code}")
    if error.code == TOO_MANY and (seconds := error.headers.get("Retry-After")):
        hint = f"{hint} In {seconds} s."
    return ServiceRefused(visible(says), hint=visible(hint) or "see the page of the exercise")


def _verdict(said: Mapping[str, Any], url: str) -> ServiceVerdict:
    try:
        report = report_from(said["report"]) if said["report"] else None
        return ServiceVerdict(
            said["state"], visible(said["page"]), visible(said["problem"]), report
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ServiceSilent(url, "its report cannot be read by this version") from error
