"""Makes pages: each is one file, with the type and the colours of the report."""

from datetime import datetime
from typing import Any, Final

from starlette.responses import Response

from grader.reports.page.html import page, script_hash
from grader.service.problems import Problem
from grader.service.web.rights import Visit

HERE: Final = "grader.service.web"
POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src '{}'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def html_page(visit: Visit, title: str, template: str, /, **shown: Any) -> Response:
    """Return a page.

    Args:
        visit: for whom.
        title: of the page.
        template: of what stands on it.
        shown: what the template shows.
    """
    text = page(
        title, template, package=HERE, visit=visit, when=shown_time, for_input=input_time, **shown
    )
    return html_response(text)


def html_response(text: str, status: int = 200) -> Response:
    """Return a page as it goes out: only its one script may run on it."""
    headers = {"content-security-policy": POLICY.format(script_hash())}
    return Response(text, status, headers, "text/html")


def problem_page(visit: Visit | None, problem: Problem) -> Response:
    """Return the page that tells of a problem."""
    text = page(problem.title, "problem.html.jinja", package=HERE, visit=visit, problem=problem)
    response = html_response(text, problem.status)
    if problem.retry_s:
        response.headers["retry-after"] = str(problem.retry_s)
    return response


def input_time(at: float | None) -> str:
    """Return a time as a field for a date and a time has it."""
    return "" if at is None else datetime.fromtimestamp(at).strftime("%Y-%m-%dT%H:%M")


def shown_time(at: float | None) -> str:
    """Return a time as people read it, in the zone of the machine, which it names."""
    if at is None:
        return ""
    return datetime.fromtimestamp(at).astimezone().strftime("%a %d %b %Y, %H:%M %Z")
