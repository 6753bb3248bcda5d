"""Makes pages: each is one file, with the type and the colours of the report."""

from datetime import datetime
from typing import Any, Final

from starlette.responses import Response

from grader.reports.page.html import page, script_hash
from grader.service.problems import Problem
from grader.service.web.rights import Visit

HERE: Final = "grader.service.web"
POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src '{}'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ROLES: Final = {"student": "a student", "ta": "a TA", "instructor": "an instructor"}
SCRIPTS: Final = ("page.js", "service.js")  # a report's, and ours


def html_page(visit: Visit, title: str, template: str, /, **shown: Any) -> Response:
    """Return a page.

    Args:
        visit: for whom.
        title: of the page.
        template: of what stands on it.
        shown: what the template shows.
    """
    text = _page(title, template, visit=visit, **shown)
    return html_response(text, script=script_hash(SCRIPTS, HERE))


def html_response(text: str, status: int = 200, script: str = "") -> Response:
    """Return a page as it goes out: only its one script may run on it, a report's if none is named.

    Args:
        text: of the page.
        status: of HTTP.
        script: the hash of its script.
    """
    headers = {"content-security-policy": POLICY.format(script or script_hash())}
    return Response(text, status, headers, "text/html")


def problem_page(visit: Visit | None, problem: Problem) -> Response:
    """Return the page that tells of a problem."""
    text = _page(problem.title, "problem.html.jinja", visit=visit, problem=problem)
    response = html_response(text, problem.status, script_hash(SCRIPTS, HERE))
    if problem.retry_s:
        response.headers["retry-after"] = str(problem.retry_s)
    return response


def _page(title: str, template: str, /, **shown: Any) -> str:
    words = {"when": shown_time, "for_input": input_time, "role_words": ROLES, "asks_back": True}
    return page(title, template, scripts=SCRIPTS, package=HERE, **words, **shown)


def input_time(at: float | None) -> str:
    """Return a time as a field for a date and a time has it."""
    return "" if at is None else datetime.fromtimestamp(at).strftime("%Y-%m-%dT%H:%M")


def shown_time(at: float | None) -> str:
    """Return a time as people read it, in the zone of the machine, which it names."""
    if at is None:
        return ""
    return datetime.fromtimestamp(at).astimezone().strftime("%a %d %b %Y, %H:%M %Z")
