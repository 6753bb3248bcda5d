"""Reads the roster of each course of an LMS once a day, so that who has come or gone is known."""

import logging
from typing import Final

from sqlalchemy import Connection

from grader.service.database.audit import AuditEntry, note
from grader.service.database.lti.places import LmsCourse, lms_courses
from grader.service.database.lti.platforms import LtiPlatform, platform_with
from grader.service.lti.access import AccessTokens, NoAccess
from grader.service.lti.lms_web import LmsSilent
from grader.service.lti.platform_web import LmsRefusal, PlatformWeb
from grader.service.lti.roster import RosterRead, apply_roster, roster_of
from grader.service.service import Service

log = logging.getLogger("grade.lti")

DAY_S: Final = 24 * 60 * 60.0
ACTION: Final = "roster of the LMS"


async def read_rosters(service: Service, tokens: AccessTokens) -> None:
    """Read the rosters that are a day old; one that cannot be read changes nothing.

    Args:
        service: whose courses.
        tokens: with which LMSs are asked.
    """
    now = service.now()
    for course in await service.database.read(lms_courses):
        platform = await service.database.read(platform_with, course.platform_id)
        if platform is None or not course.members_url or (course.roster_at or 0.0) + DAY_S > now:
            continue
        try:
            web = PlatformWeb(service.lti.web, tokens, platform)
            roster = await roster_of(web, course, now)
        except (LmsRefusal, NoAccess, LmsSilent) as error:
            log.warning("the roster of LMS course %s was not read: %s", course.id, error)
            continue
        await service.database.write(_apply, platform, course, roster)


def _apply(
    connection: Connection, platform: LtiPlatform, course: LmsCourse, roster: RosterRead
) -> None:
    change = apply_roster(connection, platform, course, roster)
    if change.added or change.changed or change.retired:
        says = f"{change.added} new, {change.changed} changed, {change.retired} gone"
        entry = AuditEntry(ACTION, None, course.course_id, says=says, at=roster.at)
        note(connection, entry)
