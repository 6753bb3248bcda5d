"""Invitations of LMSs: whoever has one registers an LMS by it, once, and an admin confirms it."""

import json
from secrets import token_urlsafe
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, insert, select, update

from grader.errors import Misused
from grader.service.database.credentials import DAY_S, digest
from grader.service.database.lti.platforms import (
    LtiPlatform,
    PlatformTaken,
    add_platform,
    platform_called,
)
from grader.service.database.lti.tables import lti_invitations
from grader.service.database.people import new_id

GOOD_S: Final = 7 * DAY_S
SECRET_BYTES: Final = 24


class NoSuchInvitation(Misused):
    """No LMS was invited by this name, or none has come."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"no LMS has registered as {name!r}", hint="see `grade admin platform list`"
        )


class LmsInvitation(NamedTuple):
    """An invitation of an LMS.

    Attributes:
        id: says nothing.
        name: by which the admin will know the LMS.
        made_at: when.
        ends_at: until when an LMS may come by it.
        used_at: when one has come; None where none has.
        platform: the LMS that has come, which opens nothing yet; None where none has.
        deployment: from where it may open the service; "" where it did not say.
    """

    id: str
    name: str
    made_at: float
    ends_at: float
    used_at: float | None
    platform: LtiPlatform | None
    deployment: str


def invite_lms(connection: Connection, name: str, at: float) -> str:
    """Invite an LMS, in place of an earlier invitation of this name; return the secret.

    Raises:
        PlatformTaken: an LMS has this name already.
    """
    if platform_called(connection, name):
        raise PlatformTaken(name)
    connection.execute(delete(lti_invitations).where(lti_invitations.c.name == name))
    secret = token_urlsafe(SECRET_BYTES)
    values = {"id": new_id(), "digest": digest(secret), "name": name}
    times = {"made_at": at, "ends_at": at + GOOD_S}
    connection.execute(insert(lti_invitations).values(**values, **times))
    return secret


def invitation_by(connection: Connection, secret: str, at: float) -> LmsInvitation | None:
    """Return an invitation that an LMS may still come by."""
    good = lti_invitations.c.used_at.is_(None) & (lti_invitations.c.ends_at > at)
    return _first(connection, (lti_invitations.c.digest == digest(secret)) & good)


def invitations(connection: Connection, at: float) -> list[LmsInvitation]:
    """Return the invitations that are open, or by which an LMS has come, the oldest first."""
    here = (lti_invitations.c.ends_at > at) | (lti_invitations.c.platform != "")
    found = select(lti_invitations).where(here).order_by(lti_invitations.c.made_at)
    return [_invitation(row) for row in connection.execute(found).mappings().all()]


def use_invitation(connection: Connection, id_: str, at: float) -> bool:
    """Use an invitation up; return whether nobody had."""
    here = (lti_invitations.c.id == id_) & lti_invitations.c.used_at.is_(None)
    return bool(connection.execute(update(lti_invitations).where(here).values(used_at=at)).rowcount)


def give_back(connection: Connection, id_: str) -> None:
    """Have an invitation be good again, by which no LMS has come after all."""
    here = (lti_invitations.c.id == id_) & (lti_invitations.c.platform == "")
    connection.execute(update(lti_invitations).where(here).values(used_at=None))


def keep_registered(
    connection: Connection, id_: str, platform: LtiPlatform, deployment: str
) -> None:
    """Write down the LMS that has come by an invitation."""
    values = {"platform": json.dumps(platform._asdict()), "deployment": deployment}
    here = lti_invitations.c.id == id_
    connection.execute(update(lti_invitations).where(here).values(**values))


def registered_as(connection: Connection, name: str) -> LmsInvitation:
    """Return the invitation by which an LMS has come, that waits for an admin.

    Raises:
        NoSuchInvitation: there is none.
    """
    found = _first(connection, lti_invitations.c.name == name)
    if found is None or found.platform is None:
        raise NoSuchInvitation(name)
    return found


def confirm_lms(connection: Connection, name: str, at: float) -> LtiPlatform:
    """Register the LMS that has come by an invitation, and return it.

    Raises:
        NoSuchInvitation: none has.
        PlatformTaken: it is registered already.
    """
    found = registered_as(connection, name)
    assert found.platform
    deployments = [found.deployment] if found.deployment else []
    made = add_platform(connection, found.platform, deployments, at)
    end_invitation(connection, name)
    return made


def end_invitation(connection: Connection, name: str) -> bool:
    """Forget an invitation, and the LMS that waits; return whether there was one."""
    here = lti_invitations.c.name == name
    return bool(connection.execute(delete(lti_invitations).where(here)).rowcount)


def _first(connection: Connection, here: ColumnElement[bool]) -> LmsInvitation | None:
    row = connection.execute(select(lti_invitations).where(here)).mappings().first()
    return _invitation(row) if row else None


def _invitation(row: RowMapping) -> LmsInvitation:
    fields = {name: row[name] for name in LmsInvitation._fields}
    kept = json.loads(row["platform"]) if row["platform"] else None
    return LmsInvitation(**{**fields, "platform": LtiPlatform(**kept) if kept else None})
