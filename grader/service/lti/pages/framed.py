"""Makes the pages that stand in an LMS's page before it is known who looks, and reads them."""

from typing import Any, Final

from starlette.responses import Response

from grader.reports.page.html import page, script_hash
from grader.service.lti.lms_web import origin_of
from grader.service.web.forms import storable
from grader.service.web.rendering import HERE, SCRIPTS, html_response
from grader.service.web.rights import Visit

WITH_LMS: Final = (*SCRIPTS, "lti.js")
SENDS: Final = "form-action 'self'"
LONGEST_FIELD: Final = 8000
MOST_FIELDS: Final = 40


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


async def sent_fields(visit: Visit) -> dict[str, str]:
    """Return what was sent, by GET or by POST; what is too long says nothing."""
    if visit.request.method == "GET":
        sent: dict[str, Any] = dict(visit.request.query_params)
    else:
        async with visit.request.form(max_files=0, max_fields=MOST_FIELDS) as form:
            sent = dict(form)
    longest = {"id_token": 1 << 20}
    return {
        name: storable(value)
        for name, value in sent.items()
        if isinstance(value, str) and len(value) <= longest.get(name, LONGEST_FIELD)
    }
