"""What goes between a course and its LMS: marks on their way, and the roster."""

from typing import NamedTuple

from sqlalchemy import Connection
from starlette.responses import RedirectResponse, Response

from grader.service.database.audit import AuditEntry
from grader.service.database.lti.outbox import OutboxMark, marks_sent, resend
from grader.service.database.lti.places import LmsCourse, lms_courses
from grader.service.database.lti.platforms import LtiPlatform, platform_with
from grader.service.database.people import people_with
from grader.service.lti.access import AccessTokens, NoAccess
from grader.service.lti.lms_web import LmsSilent
from grader.service.lti.platform_web import LmsRefusal, PlatformWeb
from grader.service.lti.roster import apply_roster, roster_of
from grader.service.problems import Problem
from grader.service.roster import RosterChange
from grader.service.web.forms import count, fields_of
from grader.service.web.pages.changes import write_noted
from grader.service.web.rendering import html_page
from grader.service.web.rights import Visit

HIGHEST = (1 << 31) - 1


class ExchangeView(NamedTuple):
    """What the page shows.

    Attributes:
        places: the courses of LMSs that belong to this one, with the LMS's name.
        marks: on their way, with whose they are.
    """

    places: list[tuple[LmsCourse, str]]
    marks: list[tuple[OutboxMark, str]]


async def exchange_page(visit: Visit) -> Response:
    """Show which marks have gone to the LMS, which wait, and which it has refused, and why."""
    view = await visit.service.database.read(_view, visit.where.id)
    return html_page(
        visit, f"{visit.where.title}: the LMS", "lti_exchange.html.jinja", view=view,
    )  # fmt: skip


async def send_again(visit: Visit) -> Response:
    """Have one mark be sent once more, or all that have not arrived."""
    fields = await fields_of(visit)
    number = count(fields, "number", 1, HIGHEST) if fields.get("number") else None
    course, now = visit.where.id, visit.service.now()
    says = "all that have not arrived" if number is None else f"number {number}"
    entry = AuditEntry("send marks again", visit.who.id, course, says=says, at=now)
    await write_noted(visit, entry, resend, course, now, number)
    return RedirectResponse(f"/courses/{course}/lms", 303)


async def read_roster(visit: Visit) -> Response:
    """Read the roster of the LMS, and have the course be as it says."""
    view, now = await visit.service.database.read(_view, visit.where.id), visit.service.now()
    total = RosterChange()
    if not view.places:
        raise Problem(409, "This course belongs to no course of an LMS.", "Open it in your LMS.")
    for course, _ in view.places:
        platform = await visit.service.database.read(platform_with, course.platform_id)
        assert platform
        changed = await _read(visit, platform, course, now)
        total = RosterChange(*(a + b for a, b in zip(total, changed, strict=True)))
    return html_page(visit, "The roster", "roster.html.jinja", change=total, of=sum(total[:3]))


async def _read(visit: Visit, platform: LtiPlatform, course: LmsCourse, now: float) -> RosterChange:
    tool = visit.service.lti
    web = PlatformWeb(tool.web, AccessTokens(tool.web, tool.own), platform)
    try:
        roster = await roster_of(web, course, now)
    except (LmsRefusal, NoAccess, LmsSilent) as error:
        raise Problem(409, f"The roster was not read: {error}.", "Nothing was changed.") from error
    entry = AuditEntry("roster of the LMS", visit.who.id, visit.where.id, at=now)
    done: RosterChange = await write_noted(visit, entry, apply_roster, platform, course, roster)
    return done


def _view(connection: Connection, course_id: str) -> ExchangeView:
    places = []
    for one in lms_courses(connection, course_id):
        platform = platform_with(connection, one.platform_id)
        places.append((one, platform.name if platform else ""))
    marks = marks_sent(connection, course_id)
    people = people_with(connection, {one.person_id for one in marks})
    named = [(one, people[one.person_id].shown) for one in marks if one.person_id in people]
    return ExchangeView(places, named)
