"""The admin's pages of LMSs: which there are, who was invited, what has come, and their courses."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection
from starlette.responses import RedirectResponse, Response

from grader.errors import GraderError
from grader.service.check import Finding
from grader.service.database.audit import AuditEntry
from grader.service.database.courses import CourseRecord, all_courses
from grader.service.database.lti.binding import bind_course
from grader.service.database.lti.invitations import (
    LmsInvitation,
    confirm_lms,
    end_invitation,
    invitations,
    invite_lms,
)
from grader.service.database.lti.places import LmsCourse, lms_courses
from grader.service.database.lti.platforms import (
    LtiPlatform,
    PlatformActivity,
    activity_of,
    add_deployment,
    add_platform,
    all_platforms,
    deployments_of,
    platform_called,
    remove_deployment,
)
from grader.service.lti.claims import LONGEST
from grader.service.lti.registration.dynamic import registration_url
from grader.service.lti.registration.findings import platform_findings
from grader.service.lti.registration.kinds import (
    KINDS,
    canvas_key,
    checked_name,
    checked_platform,
    platform_of,
)
from grader.service.problems import Problem, nothing_here
from grader.service.web.forms import fields_of, required
from grader.service.web.pages.changes import write_noted
from grader.service.web.rendering import html_page
from grader.service.web.rights import Visit

HERE: Final = "/admin/lms"
ADDRESSES: Final = ("issuer", "login_url", "token_url", "keys_url", "audience", "frames")
WORDS: Final = {
    "--at": "the school's address",
    **{f"--{one.replace('_', '-')}": one.replace("_url", "") + " address" for one in ADDRESSES},
}
"""What the fields of the form are called, which the command line calls otherwise."""

NO_NAME: Final = "The LMS has no name."


class PlatformView(NamedTuple):
    """What the page of an LMS shows.

    Attributes:
        platform: the LMS.
        deployments: from where it may open the service.
        activity: what has come from it last.
        places: its courses.
        courses: ours, to which they may belong.
    """

    platform: LtiPlatform
    deployments: list[str]
    activity: PlatformActivity
    places: list[LmsCourse]
    courses: list[CourseRecord]


async def platforms_page(visit: Visit) -> Response:
    """Show the LMSs, who was invited, and the addresses that an LMS asks for."""
    service = visit.service
    known, invited = await service.database.read(_all, service.now())
    key = json.dumps(canvas_key(service.settings.url), indent=2)
    return html_page(
        visit, "LMSs", "lti_platforms.html.jinja",
        platforms=known, invited=invited, kinds=[*KINDS], canvas=key, own=service.settings.url,
    )  # fmt: skip


async def add(visit: Visit) -> Response:
    """Register an LMS by what its admin has read there."""
    fields = await fields_of(visit)
    name = required(fields, "name", NO_NAME)
    client = required(fields, "client_id", "The client id is missing: the LMS shows it.")
    told = {one: fields.get(one, "") for one in ADDRESSES}
    told |= {"name": name, "client_id": client}
    deployments = [fields["deployment"]] if fields.get("deployment") else []
    with _told():
        made = checked_platform(platform_of(fields.get("kind", ""), fields.get("host", ""), told))
        now = visit.service.now()
        await _change(visit, "add platform", name, add_platform, made, deployments, now)
    return RedirectResponse(f"{HERE}/{name}", 303)


async def invite(visit: Visit) -> Response:
    """Invite an LMS, and show the address this once."""
    name = required(await fields_of(visit), "name", NO_NAME)
    with _told():
        checked_name(name)
        secret = await _change(visit, "invite LMS", name, invite_lms, name, visit.service.now())
    url = registration_url(visit.service.settings.url, secret)
    return html_page(visit, "An invitation", "lti_invited.html.jinja", name=name, url=url)


async def confirm(visit: Visit) -> Response:
    """Let the LMS that has come by an invitation open exercises."""
    name = visit.request.path_params["lms"]
    with _told():
        await _change(visit, "add platform", name, confirm_lms, name, visit.service.now())
    return RedirectResponse(f"{HERE}/{name}", 303)


async def refuse(visit: Visit) -> Response:
    """Forget an invitation, and the LMS that has come by it."""
    name = visit.request.path_params["lms"]
    if not await _change(visit, "refuse LMS", name, end_invitation, name):
        raise Problem(409, "There is no such invitation.")
    return RedirectResponse(HERE, 303)


async def platform_page(visit: Visit) -> Response:
    """Show an LMS: from where it comes, what came last, and its courses."""
    return await _page(visit, [])


async def ask(visit: Visit) -> Response:
    """Ask an LMS for its keys and for access, and show what it says."""
    platform, service = await _platform(visit), visit.service
    return await _page(visit, await platform_findings(platform, service.lti, service.now()))


async def deploy(visit: Visit) -> Response:
    """Let an LMS open the service from one more place of its own, or from there no more."""
    fields, platform = await fields_of(visit), await _platform(visit)
    deployment = required(fields, "deployment", "The deployment is missing: the LMS shows its id.")
    ends = bool(fields.get("ends"))
    change: Callable[..., Any] = remove_deployment if ends else add_deployment
    action = "end deployment" if ends else "deployment"
    says = f"{platform.name}: {deployment}"
    await _change(visit, action, says, change, platform.id, deployment[:LONGEST])
    return RedirectResponse(f"{HERE}/{platform.name}", 303)


async def bind(visit: Visit) -> Response:
    """Have a course of an LMS belong to another one of ours."""
    fields, platform = await fields_of(visit), await _platform(visit)
    place = required(fields, "in", "No course of the LMS was named.")
    course = required(fields, "course", "No course of ours was named.")
    places = await visit.service.database.read(lms_courses)
    if (platform.id, place) not in [(one.platform_id, one.id) for one in places]:
        raise Problem(422, "This LMS has no such course.")
    with _told():
        entry = AuditEntry("bind course", visit.who.id, course, says=platform.name)
        at = visit.service.now()
        await write_noted(visit, entry._replace(at=at), bind_course, place, course, at)
    return RedirectResponse(f"{HERE}/{platform.name}", 303)


async def _page(visit: Visit, findings: Sequence[Finding]) -> Response:
    platform = await _platform(visit)
    view = await visit.service.database.read(_view, platform)
    return html_page(
        visit, platform.name, "lti_platform.html.jinja", view=view, findings=findings
    )  # fmt: skip


async def _platform(visit: Visit) -> LtiPlatform:
    found = await visit.service.database.read(platform_called, visit.request.path_params["lms"])
    if found is None:
        raise nothing_here()
    return found


async def _change(
    visit: Visit, action: str, says: str, change: Callable[..., Any], *arguments: Any
) -> Any:
    entry = AuditEntry(action, visit.who.id, says=says, at=visit.service.now())
    return await write_noted(visit, entry, change, *arguments)


@contextmanager
def _told() -> Iterator[None]:
    """Have what cannot be done be told in a page."""
    try:
        yield
    except GraderError as error:
        says = error.message
        for option, words in WORDS.items():
            says = says.replace(f"{option} ", f"{words} ")
        raise Problem(422, f"{says}.", error.hint) from error


def _all(
    connection: Connection, now: float
) -> tuple[list[tuple[LtiPlatform, PlatformActivity]], list[LmsInvitation]]:
    known = [(one, activity_of(connection, one.id)) for one in all_platforms(connection)]
    return known, invitations(connection, now)


def _view(connection: Connection, platform: LtiPlatform) -> PlatformView:
    return PlatformView(
        platform,
        deployments_of(connection, platform.id),
        activity_of(connection, platform.id),
        [one for one in lms_courses(connection) if one.platform_id == platform.id],
        all_courses(connection),
    )
