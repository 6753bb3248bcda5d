"""The LMSs that may open the service: their addresses, and where each is deployed."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, RowMapping, delete, insert, select

from grader.errors import Misused
from grader.service.database.lti.tables import lti_deployments, lti_platforms
from grader.service.database.people import new_id


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


def add_platform(
    connection: Connection, platform: LtiPlatform, deployments: Sequence[str], at: float
) -> LtiPlatform:
    """Register a platform, and return it with its id.

    Raises:
        PlatformTaken: there is one of its name, or of its issuer and client.
    """
    same = (
        lti_platforms.c.issuer == platform.issuer,
        lti_platforms.c.client_id == (platform.client_id),
    )
    taken = select(lti_platforms.c.id).where(*same)
    if platform_called(connection, platform.name) or connection.execute(taken).first():
        raise PlatformTaken(platform.name)
    platform = platform._replace(id=new_id())
    connection.execute(insert(lti_platforms).values(**platform._asdict(), made_at=at))
    for one in deployments:
        add_deployment(connection, platform.id, one)
    return platform


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
