"""An LMS comes by an invitation: its admin looks at what it says, and has it register."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection
from starlette.responses import Response

from grader.service.database.audit import AuditEntry, note
from grader.service.database.lti.invitations import (
    LmsInvitation,
    give_back,
    invitation_by,
    keep_registered,
    use_invitation,
)
from grader.service.lti.pages.framed import framed_page, sent_fields
from grader.service.lti.registration.dynamic import (
    LmsConfiguration,
    RefusedRegistration,
    configuration_at,
    register_at,
)
from grader.service.web.rights import Visit

ENDED: Final = "This invitation is not known here, has ended, or was used."
NEW_ONE: Final = "Ask who runs this service for a new one."
SENT: Final = ("openid_configuration", "registration_token")
ACTION: Final = "LMS has registered"


async def register_page(visit: Visit) -> Response:
    """Show which LMS asks, and what it will be told; nothing is registered yet."""
    said = await sent_fields(visit)
    invitation = await _invitation(visit)
    lms = await _configuration(visit, said)
    return framed_page(
        visit, "Register an LMS", "lti_register.html.jinja", lms=lms, name=invitation.name,
        secret=visit.request.path_params["secret"], fields={one: said.get(one, "") for one in SENT},
    )  # fmt: skip


async def register(visit: Visit) -> Response:
    """Register with the LMS; it opens nothing here until an admin confirms it."""
    said = await sent_fields(visit)
    invitation, service = await _invitation(visit), visit.service
    lms = await _configuration(visit, said)
    if not await service.database.write(use_invitation, invitation.id, service.now()):
        raise RefusedRegistration(ENDED, NEW_ONE)
    try:
        token, own = said.get("registration_token", ""), service.settings.url
        client, deployment = await register_at(service.lti.web, lms, token, own)
    except BaseException:
        await service.database.write(give_back, invitation.id)
        raise
    platform = lms.platform(invitation.name, client)

    def kept(connection: Connection) -> None:
        keep_registered(connection, invitation.id, platform, deployment)
        note(connection, AuditEntry(ACTION, says=invitation.name, at=service.now()))

    await service.database.write(kept)
    return framed_page(visit, "Registered", "lti_registered.html.jinja", name=invitation.name)


async def _invitation(visit: Visit) -> LmsInvitation:
    secret, now = visit.request.path_params["secret"], visit.service.now()
    found: LmsInvitation | None = await visit.service.database.read(invitation_by, secret, now)
    if found is None:
        raise RefusedRegistration(ENDED, NEW_ONE)
    return found


async def _configuration(visit: Visit, said: Mapping[str, str]) -> LmsConfiguration:
    url, token = (said.get(name, "") for name in SENT)
    return await configuration_at(visit.service.lti.web, url, token)
