"""A course's roster as an LMS has it, all pages or nothing (Names and Role Provisioning 2.0)."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, update

from grader.engines.text import visible
from grader.service.database.lti.places import (
    LmsCourse,
    LmsMember,
    members_told,
    person_of,
    take_part,
)
from grader.service.database.lti.platforms import LtiPlatform
from grader.service.database.lti.tables import lti_contexts
from grader.service.database.people import members_of, retire
from grader.service.lti.claims import LONGEST, LONGEST_TITLE
from grader.service.lti.lms_web import is_usable
from grader.service.lti.platform_web import LmsCall, LmsRefusal, PlatformWeb
from grader.service.lti.roles import is_test_user, role_of
from grader.service.lti.scopes import ROSTER
from grader.service.roster import RosterChange

KIND: Final = "application/vnd.ims.lti-nrp.v2.membershipcontainer+json"
MOST_PAGES: Final = 500
ACTIVE: Final = "active"
ODD: Final = "the LMS's roster cannot be read: it is of another form than agreed"


class RosterRead(NamedTuple):
    """A roster that was read to its end, and when."""

    members: Sequence[LmsMember]
    at: float


async def roster_of(web: PlatformWeb, course: LmsCourse, now: float) -> RosterRead:
    """Return who is in a course of an LMS, of all pages.

    Raises:
        LmsRefusal, NoAccess: the LMS does not say.
        LmsSilent: it does not answer now.
    """
    if not is_usable(course.members_url):
        raise LmsRefusal("the LMS does not say where its roster is")
    url, seen, found = course.members_url, set[str](), list[LmsMember]()
    while is_usable(url) and url not in seen and len(seen) < MOST_PAGES:
        seen.add(url)
        answer = await web.ask(LmsCall(url, KIND, ROSTER), now)
        listed = answer.json.get("members") if isinstance(answer.json, dict) else None
        if not isinstance(listed, list):
            raise LmsRefusal(ODD)
        found += [one for each in listed if (one := _member(each))]
        url = answer.following
    if url:
        raise LmsRefusal("the LMS's roster has no end")
    if not found:
        raise LmsRefusal("the LMS's roster has nobody in it: nothing was changed")
    return RosterRead(found, now)


def apply_roster(
    connection: Connection, platform: LtiPlatform, course: LmsCourse, roster: RosterRead
) -> RosterChange:
    """Have a course of ours be as an LMS's roster says; the work of who is gone stays.

    Whom no LMS has ever told of stays: somebody has let them in here. So does the LMS's view as a
    student, which no roster has.
    """
    before = {
        one.person.id: one.role for one in members_of(connection, course.course_id) if one.is_active
    }
    told, now = members_told(connection, course), {}
    for member in roster.members:
        person = person_of(connection, platform, member, roster.at)
        now[person.id] = take_part(connection, course, person.id, member)
    gone = [one for one, is_test in told.items() if one not in now and not is_test]
    retired = sum(retire(connection, course.course_id, one) for one in gone)
    here = lti_contexts.c.id == course.id
    connection.execute(update(lti_contexts).where(here).values(roster_at=roster.at))
    added = len(now.keys() - before.keys())
    same = sum(before.get(one) is role for one, role in now.items())
    return RosterChange(added, len(now) - added - same, same, retired)


def _member(told: Any) -> LmsMember | None:
    """Return a member who is in the course; None for whoever is not any more."""
    if not isinstance(told, Mapping):
        return None
    sub, roles = told.get("user_id"), told.get("roles")
    if not isinstance(sub, str) or not 0 < len(sub) <= LONGEST or not isinstance(roles, list):
        return None
    words = [one for one in roles if isinstance(one, str)]
    role = role_of(words)
    if role is None or str(told.get("status") or ACTIVE).lower() != ACTIVE:
        return None
    name, email = (_shown(told.get(field)) for field in ("name", "email"))
    return LmsMember(sub, role, name, email, is_test_user(words))


def _shown(value: object) -> str:
    return visible(value, LONGEST_TITLE).strip() if isinstance(value, str) else ""
