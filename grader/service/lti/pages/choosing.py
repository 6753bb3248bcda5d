"""Who teaches says what a link of the LMS opens: for a link that is there, or for a new one."""

from collections.abc import Mapping, Sequence
from secrets import token_urlsafe
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection
from starlette.responses import RedirectResponse, Response

from grader.service.database.audit import AuditEntry
from grader.service.database.lti.places import (
    LmsCourse,
    LmsLink,
    keep_link,
    link_of_lms,
    lms_courses,
    open_exercise,
)
from grader.service.database.lti.platforms import LtiPlatform, platform_with
from grader.service.lti.claims import LTI
from grader.service.lti.pages.framed import framed_page
from grader.service.lti.pages.launches import LAUNCH
from grader.service.problems import Problem, nothing_here
from grader.service.web.forms import fields_of
from grader.service.web.pages.changes import write_noted
from grader.service.web.pages.coursework import loaded_exercise
from grader.service.web.rendering import html_page
from grader.service.web.rights import Visit

DEEP_LINKING: Final = "https://purl.imsglobal.org/spec/lti-dl/claim/"
RESPONSE: Final = "LtiDeepLinkingResponse"
LINK: Final = "ltiResourceLink"
GOOD_S: Final = 300
NOTHING_CHOSEN: Final = "No exercise was chosen."


class OfferedExercise(NamedTuple):
    """An exercise that can be chosen."""

    path: str
    title: str


async def link_page(visit: Visit) -> Response:
    """Show what a link opens; who teaches may choose it."""
    course, link_id = await _link(visit, visit.request.query_params)
    known = await visit.service.database.read(link_of_lms, course, link_id)
    return html_page(
        visit, "Which exercise?", "lti_link.html.jinja", course=course, link_id=link_id,
        chosen=known.exercise if known else "", tracks=offered(visit),
    )  # fmt: skip


async def choose(visit: Visit) -> Response:
    """Have a link open an exercise."""
    fields = await fields_of(visit)
    course, link_id = await _link(visit, fields)
    path = fields.get("exercise", "")
    if not visit.service.shelf.knows(path):
        raise Problem(422, NOTHING_CHOSEN)

    def change(connection: Connection) -> None:
        known = link_of_lms(connection, course, link_id)
        lineitem = known.lineitem_url if known else ""
        keep_link(connection, LmsLink(course.id, link_id, path, lineitem))
        open_exercise(connection, course, path)

    now = visit.service.now()
    entry = AuditEntry("choose exercise", visit.who.id, visit.where.id, None, path, at=now)
    await write_noted(visit, entry, change)
    return RedirectResponse(f"/courses/{visit.where.id}/exercises/{path}", 303)


async def pick_page(visit: Visit) -> Response:
    """Show the exercises of which one, or several, go to the LMS as links."""
    wanted = _wanted(visit)
    several = bool(wanted.get("accept_multiple"))
    return html_page(
        visit, "Pick an exercise", "lti_pick.html.jinja", several=several, tracks=offered(visit)
    )


async def pick(visit: Visit) -> Response:
    """Send the LMS what was picked, signed, by the browser of who has picked it."""
    wanted = _wanted(visit)
    async with visit.request.form(max_files=0, max_fields=500) as form:
        picked = [one for one in form.getlist("exercise") if isinstance(one, str)]
    paths = [one for one in dict.fromkeys(picked) if visit.service.shelf.knows(one)]
    if not paths:
        raise Problem(422, NOTHING_CHOSEN, "Go back, and choose one.")
    if not wanted.get("accept_multiple"):
        paths = paths[:1]
    platform = await visit.service.database.read(platform_with, str(wanted.get("platform")))
    if platform is None:
        raise nothing_here()
    now = visit.service.now()
    items = [_item(visit, path, wanted) for path in paths]
    signed = visit.service.lti.own.sign(_answer(platform, wanted, items, now), now)
    place = str(wanted["deep_link_return_url"])
    return framed_page(
        visit, "Back to your LMS", "lti_back.html.jinja", sends_to=place, signed=signed
    )


def offered(visit: Visit) -> Mapping[str, Sequence[OfferedExercise]]:
    """Return the exercises that can be chosen, by track."""
    shelf, tracks = visit.service.shelf, dict[str, list[OfferedExercise]]()
    for path in shelf.paths:
        one = OfferedExercise(path, shelf.title(path))
        tracks.setdefault(path.partition("/")[0], []).append(one)
    return tracks


async def _link(visit: Visit, named: Mapping[str, str]) -> tuple[LmsCourse, str]:
    """Return the course of the LMS, and the link in it, that fields name."""
    courses = await visit.service.database.read(lms_courses, visit.where.id)
    link_id = named.get("link", "")
    found = [one for one in courses if one.id == named.get("in")]
    if not found or not link_id:
        raise Problem(422, "No link of an LMS is named.", "Open it in your LMS.")
    return found[0], link_id


def _wanted(visit: Visit) -> Mapping[str, Any]:
    """Return what the LMS wants to have picked."""
    wanted = visit.keyed.picking if visit.keyed else {}
    if not wanted:
        hint = "In your LMS, add an activity or an item of a module, and choose this tool."
        raise Problem(409, "Your LMS does not wait for an exercise to be picked.", hint)
    types = wanted.get("accept_types")
    if not isinstance(types, list) or LINK not in types:
        raise Problem(409, "Your LMS takes no links at this place.", "Begin at another one.")
    return wanted


def _item(visit: Visit, path: str, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return a link to an exercise; it names the exercise, so that a copied course works, too."""
    title = visit.service.shelf.title(path)
    url = visit.service.settings.url + LAUNCH
    item: dict[str, Any] = {"type": LINK, "title": title, "url": url, "custom": {"exercise": path}}
    exercise = loaded_exercise(visit, path)
    if exercise and wanted.get("accept_lineitem") is not False:
        points = exercise.points
        item["lineItem"] = {"scoreMaximum": points, "label": title, "resourceId": path}
    return item


def _answer(
    platform: LtiPlatform, wanted: Mapping[str, Any], items: list[dict[str, Any]], now: float
) -> dict[str, Any]:
    answer = {
        "iss": platform.client_id, "aud": platform.issuer, "iat": int(now),
        "exp": int(now) + GOOD_S, "nonce": token_urlsafe(24),
        LTI + "deployment_id": wanted["deployment"], LTI + "message_type": RESPONSE,
        LTI + "version": "1.3.0", DEEP_LINKING + "content_items": items,
    }  # fmt: skip
    if "data" in wanted:
        answer[DEEP_LINKING + "data"] = wanted["data"]
    return answer
