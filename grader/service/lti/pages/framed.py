"""Makes the pages that stand in an LMS's page before it is known who looks at them."""

from typing import Any, Final

from starlette.responses import Response

from grader.reports.page.html import page, script_hash
from grader.service.lti.lms_web import origin_of
from grader.service.web.rendering import HERE, SCRIPTS, html_response
from grader.service.web.rights import Visit

WITH_LMS: Final = (*SCRIPTS, "lti.js")
SENDS: Final = "form-action 'self'"


def framed_page(
    visit: Visit, title: str, template: str, /, sends_to: str = "", **shown: Any
) -> Response:
    """Return a page that speaks with the page around it.

    Args:
        visit: for whom.
        title: of the page.
        template: of what stands on it.
        sends_to: the address of an LMS that its form is sent to.
        shown: what the template shows.
    """
    shown = {"asks_back": True, "sends_to": sends_to, **shown, "visit": visit}
    text = page(title, template, scripts=WITH_LMS, package=HERE, **shown)
    response = html_response(text, script=script_hash(WITH_LMS, HERE))
    if sends_to:
        policy = response.headers["content-security-policy"]
        allowed = f"form-action {origin_of(sends_to)}"
        response.headers["content-security-policy"] = policy.replace(SENDS, allowed)
    return response
