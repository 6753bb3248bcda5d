"""The LMSs that may open the service: their addresses, and where each is deployed."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from sqlalchemy import Connection, RowMapping, delete, func, insert, or_, select, update

from grader.errors import Misused
from grader.service.database.lti.tables import (
    lti_contexts,
    lti_deployments,
    lti_links,
    lti_logins,
    lti_marks,
    lti_members,
    lti_people,
    lti_platforms,
)
from grader.service.database.people import new_id

MINUTE_S: Final = 60.0


class PlatformTaken(Misused):
    """A platform of this name, or of this issuer and client, is registered."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is registered already, by this name or by this issuer and client id",
            hint="see `grade admin platform list`",
        )


class NoSuchPlatform(Misused):
    """No platform has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no platform named {name!r}", hint="see `grade admin platform list`")


class PeopleElsewhere(Misused):
    """The people of an LMS are known by its issuer and keys, which another LMS has as well."""

    def __init__(self, name: str, other: str) -> None:
        super().__init__(
            f"{name} and {other} would share or part people: they have one issuer and keys",
            hint="register it anew under another name: `grade admin platform add`",
        )


class LtiPlatform(NamedTuple):
    """An LMS that may open the service.

    Attributes:
        id: says nothing.
        name: by which the admin knows it.
        issuer: by which it signs.
        client_id: by which it knows us.
        login_url: where a browser is sent for a launch.
        token_url: where we ask for access.
        keys_url: where its keys are.
        audience: of our requests there; "" for the address itself.
        frames: further origins whose pages may frame ours, with spaces between.
    """

    id: str
    name: str
    issuer: str
    client_id: str
    login_url: str
    token_url: str
    keys_url: str
    audience: str = ""
    frames: str = ""


class PlatformActivity(NamedTuple):
    """What has come from a platform last.

    Attributes:
        launched_at: when it opened something, to the minute; None if never.
        refused_at: when a launch of it was refused; None if never.
        refusal: and why.
    """

    launched_at: float | None = None
    refused_at: float | None = None
    refusal: str = ""


def add_platform(
    connection: Connection, platform: LtiPlatform, deployments: Sequence[str], at: float
) -> LtiPlatform:
    """Register a platform, and return it with its id.

    Raises:
        PlatformTaken: there is one of its name, or of its issuer and client.
    """
    same = platforms_of(connection, platform.issuer, platform.client_id)
    if same or platform_called(connection, platform.name):
        raise PlatformTaken(platform.name)
    platform = platform._replace(id=new_id())
    connection.execute(insert(lti_platforms).values(**platform._asdict(), made_at=at))
    for one in deployments:
        add_deployment(connection, platform.id, one)
    return platform


def change_platform(connection: Connection, platform: LtiPlatform) -> None:
    """Give a platform other addresses or another client; whom it has sent stay who they are.

    Raises:
        PlatformTaken: there is another one of its issuer and client.
        PeopleElsewhere: people cannot come along.
    """
    before = platform_with(connection, platform.id)
    assert before
    same = platforms_of(connection, platform.issuer, platform.client_id)
    if any(one.id != platform.id for one in same):
        raise PlatformTaken(platform.name)
    keys = before.issuer, before.keys_url
    if (platform.issuer, platform.keys_url) != keys:
        _move_people(connection, before, platform)
    here = lti_platforms.c.id == platform.id
    connection.execute(update(lti_platforms).where(here).values(**platform._asdict()))


def _move_people(connection: Connection, before: LtiPlatform, after: LtiPlatform) -> None:
    """Have the people of an LMS be known by its new issuer and keys."""
    for one in all_platforms(connection):
        if one.id != before.id and (one.issuer, one.keys_url) in (
            (before.issuer, before.keys_url),
            (after.issuer, after.keys_url),
        ):
            raise PeopleElsewhere(before.name, one.name)
    there = lti_people.c.issuer == after.issuer, lti_people.c.keys_url == after.keys_url
    if connection.execute(select(lti_people.c.sub).where(*there)).first():
        raise PeopleElsewhere(before.name, "an LMS that was removed")
    here = lti_people.c.issuer == before.issuer, lti_people.c.keys_url == before.keys_url
    values = {"issuer": after.issuer, "keys_url": after.keys_url}
    connection.execute(update(lti_people).where(*here).values(**values))


def remove_platform(connection: Connection, platform_id: str) -> None:
    """Forget an LMS, its courses' links and its marks on their way; ours all stay, and people."""
    courses = select(lti_contexts.c.id).where(lti_contexts.c.platform_id == platform_id)
    for table in (lti_marks, lti_links, lti_members):
        connection.execute(delete(table).where(table.c.context.in_(courses)))
    for table in (lti_contexts, lti_logins, lti_deployments):
        connection.execute(delete(table).where(table.c.platform_id == platform_id))
    connection.execute(delete(lti_platforms).where(lti_platforms.c.id == platform_id))


def activity_of(connection: Connection, platform_id: str) -> PlatformActivity:
    """Return what has come from a platform last."""
    here = lti_platforms.c.id == platform_id
    row = connection.execute(select(lti_platforms).where(here)).mappings().one()
    return PlatformActivity(*(row[name] for name in PlatformActivity._fields))


def note_launched(connection: Connection, platform_id: str, at: float) -> None:
    """Write down that a platform has opened something; once a minute is enough."""
    launched = lti_platforms.c.launched_at
    here = (lti_platforms.c.id == platform_id) & or_(launched.is_(None), launched <= at - MINUTE_S)
    connection.execute(update(lti_platforms).where(here).values(launched_at=at))


def note_refused(connection: Connection, platform_id: str, says: str, at: float) -> None:
    """Write down that a launch of a platform was refused, and why."""
    here = lti_platforms.c.id == platform_id
    connection.execute(update(lti_platforms).where(here).values(refused_at=at, refusal=says))


def courses_of(connection: Connection, platform_id: str) -> int:
    """Return how many courses have been opened from a platform."""
    here = lti_contexts.c.platform_id == platform_id
    found = select(func.count()).select_from(lti_contexts).where(here)
    return int(connection.execute(found).scalar() or 0)


def add_deployment(connection: Connection, platform_id: str, deployment: str) -> None:
    """Have a platform open the service from one more place of its own."""
    if deployment not in deployments_of(connection, platform_id):
        values = {"platform_id": platform_id, "deployment_id": deployment}
        connection.execute(insert(lti_deployments).values(**values))


def remove_deployment(connection: Connection, platform_id: str, deployment: str) -> bool:
    """Have a platform open the service from there no more; return whether it did."""
    here = (
        lti_deployments.c.platform_id == platform_id,
        lti_deployments.c.deployment_id == deployment,
    )
    return bool(connection.execute(delete(lti_deployments).where(*here)).rowcount)


def deployments_of(connection: Connection, platform_id: str) -> list[str]:
    """Return the deployments of a platform."""
    here = lti_deployments.c.platform_id == platform_id
    found = select(lti_deployments.c.deployment_id).where(here)
    return list(connection.execute(found.order_by(lti_deployments.c.deployment_id)).scalars())


def platform_called(connection: Connection, name: str) -> LtiPlatform | None:
    """Return a platform by its name, None where there is none."""
    return next((one for one in all_platforms(connection) if one.name == name), None)


def platform_with(connection: Connection, platform_id: str) -> LtiPlatform | None:
    """Return a platform by its id, None where there is none."""
    return next((one for one in all_platforms(connection) if one.id == platform_id), None)


def platforms_of(connection: Connection, issuer: str, client_id: str) -> list[LtiPlatform]:
    """Return the platforms that go by an issuer, of one client where it is told."""
    return [
        one
        for one in all_platforms(connection)
        if one.issuer == issuer and client_id in ("", one.client_id)
    ]


def all_platforms(connection: Connection) -> list[LtiPlatform]:
    """Return every platform, by name."""
    rows = connection.execute(select(lti_platforms).order_by(lti_platforms.c.name)).mappings()
    return [_platform(row) for row in rows.all()]


def _platform(row: RowMapping) -> LtiPlatform:
    return LtiPlatform(*(row[name] for name in LtiPlatform._fields))
