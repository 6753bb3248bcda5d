"""Opens what a launch is about: the person, the course, the exercise, and a session for them."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple
from urllib.parse import urlencode

from sqlalchemy import Connection

from grader.service.database.lti.keyed import begin_keyed
from grader.service.database.lti.places import (
    LmsCourse,
    LmsLink,
    LmsMember,
    keep_link,
    link_of_lms,
    lms_course,
    open_exercise,
    person_known,
    person_of,
    take_part,
)
from grader.service.database.lti.platforms import LtiPlatform
from grader.service.database.people import STAFF, Role
from grader.service.database.submissions import submissions_in
from grader.service.lti.claims import DEEP_LINKING, PRIVACY, REVIEW, Launch
from grader.service.lti.id_token import TELL, RefusedLaunch
from grader.service.lti.lms_web import is_usable, origin_of
from grader.service.lti.roles import is_test_user, role_of

ORIGIN: Final = re.compile(r"https?://[A-Za-z0-9.*\[\]:-]+")
TEST_NAME: Final = "Test student"


class OpenedLaunch(NamedTuple):
    """What a launch has opened: an address of ours, and the key of a session."""

    path: str
    key: str


class _Arrival(NamedTuple):
    """Somebody who has come to a course by a launch."""

    platform: LtiPlatform
    launch: Launch
    course: LmsCourse
    person_id: str
    role: Role


def open_launch(
    connection: Connection, platform: LtiPlatform, launch: Launch, paths: Sequence[str], at: float
) -> OpenedLaunch:
    """Open what a launch is about.

    Args:
        connection: to the database.
        platform: the LMS.
        launch: that was checked, of somebody whom the LMS names.
        paths: of the exercises that there are.
        at: now.

    Raises:
        RefusedLaunch: it is about nothing that can be opened here.
    """
    if launch.message == PRIVACY:
        person = person_of(connection, platform, _member(launch, Role.STUDENT), at)
        return OpenedLaunch("/me", begin_keyed(connection, person.id, "", {}, at))
    role = role_of(launch.roles)
    if role is None:
        says = "Your LMS does not say that you learn or teach in this course."
        raise RefusedLaunch(says, "Ask who teaches it to enrol you.")
    if launch.place is None:
        raise RefusedLaunch("Your LMS does not say which course this is.", TELL)
    member = _member(launch, role)
    person = person_of(connection, platform, member, at)
    name = launch.place.label or launch.place.title
    course = lms_course(connection, _course(platform, launch), name, at)
    role = take_part(connection, course, person.id, member)
    path = _path(connection, _Arrival(platform, launch, course, person.id, role), paths)
    picking = launch.picking if launch.message == DEEP_LINKING else {}
    if picking:
        picking = {**picking, "platform": platform.id, "deployment": course.deployment_id}
    frames = frames_of(platform, launch.frame)
    return OpenedLaunch(path, begin_keyed(connection, person.id, frames, picking, at))


def frames_of(platform: LtiPlatform, further: str = "") -> str:
    """Return the origins whose pages may frame ours, for a policy.

    Args:
        platform: the LMS.
        further: an address of a page of its, which it has signed.
    """
    addresses = [platform.issuer, platform.login_url, *([further] if is_usable(further) else [])]
    origins = [*platform.frames.split(), *map(origin_of, filter(is_usable, addresses))]
    return " ".join(dict.fromkeys(one for one in origins if ORIGIN.fullmatch(one)))


def exercise_named(name: str, paths: Sequence[str]) -> str:
    """Return the path of the exercise that a link names, "" where it names none that there is."""
    if name in paths:
        return name
    fits = [path for path in paths if name and path.rpartition("/")[2] == name]
    return fits[0] if len(fits) == 1 else ""


def _member(launch: Launch, role: Role) -> LmsMember:
    is_test = is_test_user(launch.roles)
    name = TEST_NAME if is_test else launch.name
    return LmsMember(launch.sub, role, name, launch.email, is_test)


def _course(platform: LtiPlatform, launch: Launch) -> LmsCourse:
    assert launch.place
    return LmsCourse(
        "",
        platform.id,
        launch.place.deployment,
        launch.place.id,
        "",
        launch.place.title,
        launch.lineitems if is_usable(launch.lineitems) else "",
        " ".join(launch.scopes),
        launch.members if is_usable(launch.members) else "",
    )


def _path(connection: Connection, arrival: _Arrival, paths: Sequence[str]) -> str:
    """Return the address of ours that somebody wants."""
    launch, here = arrival.launch, f"/courses/{arrival.course.course_id}"
    if launch.message == DEEP_LINKING:
        if arrival.role not in STAFF:
            raise RefusedLaunch("Only who teaches the course picks exercises.", "")
        return f"{here}/pick"
    exercise = _exercise(connection, arrival, paths)
    if not exercise:
        return f"{here}/links?" + urlencode({"in": arrival.course.id, "link": launch.link})
    if launch.message == REVIEW:
        return _reviewed(connection, arrival, exercise)
    return f"{here}/exercises/{exercise}"


def _exercise(connection: Connection, arrival: _Arrival, paths: Sequence[str]) -> str:
    """Return what a link opens: what it names, else what was chosen for it; it is written down."""
    launch, course = arrival.launch, arrival.course
    known = link_of_lms(connection, course, launch.link)
    chosen = known.exercise if known else ""
    exercise = exercise_named(launch.exercise, paths) or chosen
    lineitem = launch.lineitem if is_usable(launch.lineitem) else ""
    lineitem = lineitem or (known.lineitem_url if known else "")
    link = LmsLink(course.id, launch.link, exercise, lineitem)
    if launch.link and link != known:
        keep_link(connection, link)
    if exercise:
        open_exercise(connection, course, exercise)
    return exercise


def _reviewed(connection: Connection, arrival: _Arrival, exercise: str) -> str:
    """Return the address of the newest submission of whom a review is about."""
    course = arrival.course
    person_id = arrival.person_id
    if arrival.launch.for_sub not in ("", arrival.launch.sub):
        known = person_known(connection, arrival.platform, arrival.launch.for_sub)
        if known is None:
            raise RefusedLaunch("They have not been here yet: there is nothing to see.", "", 404)
        person_id = known
    handed = submissions_in(connection, course.course_id, exercise, person_id)
    if not handed:
        raise RefusedLaunch("Nothing was handed in for this.", "", 404)
    return f"/submissions/{handed[0].id}"
