"""A person's own page: tokens for programs, all that is known of them, and forgetting it."""

import json
from typing import Final

from starlette.responses import RedirectResponse, Response

from grader.service.database.credentials import (
    DAY_S,
    SCOPES,
    ApiToken,
    make_token,
    revoke_token,
    tokens_of,
)
from grader.service.database.privacy import export_of, forget
from grader.service.problems import Problem
from grader.service.web.forms import count, fields_of, required
from grader.service.web.pages.teaching import log_lines
from grader.service.web.rendering import html_page
from grader.service.web.rights import Visit

MOST_DAYS: Final = 400
SURE: Final = "forget me"


async def my_page(visit: Visit) -> Response:
    """Show what somebody has here."""
    return await _page(visit, "")


async def new_token(visit: Visit) -> Response:
    """Make a token for a program, and show it this once."""
    fields = await fields_of(visit)
    label = required(fields, "label", "What is the token for?")
    scopes = tuple(one for one in SCOPES if fields.get(one))
    if not scopes:
        raise Problem(422, "Nothing was chosen that the token may do.")
    if "admin" in scopes and not visit.runs:
        raise Problem(422, "Only who runs the service may have a token for that.")
    now = visit.service.now()
    ends = now + count(fields, "days", 180, MOST_DAYS) * DAY_S
    token = ApiToken("", visit.who.id, label, scopes, ends)
    _, secret = await visit.service.database.write(make_token, token, now)
    return await _page(visit, secret)


async def revoke(visit: Visit) -> Response:
    """Make a token useless."""
    token = visit.request.path_params["token"]
    now = visit.service.now()
    if not await visit.service.database.write(revoke_token, token, visit.who.id, now):
        raise Problem(409, "There is no such token, or it works no more.")
    return RedirectResponse("/me", 303)


async def my_data(visit: Visit) -> Response:
    """Send everything that is known of whoever asks."""
    known = await visit.service.database.read(export_of, visit.who.id)
    headers = {"content-disposition": 'attachment; filename="my-data.json"'}
    return Response(json.dumps(known, indent=1), 200, headers, "application/json")


async def forget_me(visit: Visit) -> Response:
    """Remove whoever asks, with all of their work."""
    fields = await fields_of(visit)
    if fields.get("sure") != SURE:
        raise Problem(422, f"To be sure, write “{SURE}”.", "Nothing was removed.")
    await visit.service.database.write(forget, visit.who.id, visit.service.now())
    return RedirectResponse("/", 303)


async def _page(visit: Visit, secret: str) -> Response:
    database = visit.service.database
    return html_page(
        visit,
        "You",
        "myself.html.jinja",
        tokens=[one for one in await database.read(tokens_of, visit.who.id) if not one.revoked_at],
        secret=secret,
        scopes=[one for one in SCOPES if one != "admin" or visit.runs],
        lines=await database.read(log_lines, person_id=visit.who.id),
        sure=SURE,
    )
