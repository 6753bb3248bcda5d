"""From an LMS to an exercise: it begins a login and signs a launch, in a browser that is known.

That the browser which brings a launch is the one that began the login is seen by a cookie, which
browsers keep apart for each LMS; where they keep none, by what the LMS's own page keeps for us; and
else in a window of our own. It is never left out: a launch could be somebody else's.
"""

from collections.abc import Mapping
from hmac import compare_digest
from typing import Any, Final
from urllib.parse import urlencode

from markupsafe import Markup
from sqlalchemy import Connection
from starlette.responses import JSONResponse, RedirectResponse, Response

from grader.engines.text import visible
from grader.service.database.credentials import digest
from grader.service.database.lti.logins import (
    LOGIN_S,
    LoginRequest,
    LoginSecrets,
    LtiLogin,
    begin_login,
    login_key,
    login_of,
    take_claims,
    use_login,
)
from grader.service.database.lti.platforms import (
    LtiPlatform,
    deployments_of,
    note_launched,
    note_refused,
    platform_with,
    platforms_of,
)
from grader.service.lti.claims import RESOURCE, launch_in
from grader.service.lti.id_token import (
    AGAIN,
    TELL,
    LaunchRules,
    RefusedLaunch,
    checked_claims,
    is_ours,
)
from grader.service.lti.launching import exercise_named, open_launch
from grader.service.lti.lms_web import origin_of
from grader.service.lti.pages.framed import framed_page, sent_fields
from grader.service.web.pages.coursework import without_heading
from grader.service.web.rights import Visit

LAUNCH: Final = "/lti/launch"
LONGEST_LOGIN: Final = 16 << 10  # bytes that are kept of it; LMSs say a tenth of that
ENDED: Final = "This launch has been used already, or it took too long."
KNOWN_ERRORS: Final = {
    "login_required": "You are not logged in to your LMS in this window.",
    "access_denied": "Your LMS does not let you open this.",
}


async def login(visit: Visit) -> Response:
    """Begin a login, and send the browser to the LMS, which signs who is there."""
    said = await sent_fields(visit)
    platform = await _platform(visit, said)
    target = said.get("target_link_uri", "")
    if not is_ours(target, _addresses(visit)):
        shown = visible(target, 120) or "nothing"
        raise RefusedLaunch(f"The LMS wants to open {shown}, and that is not here.")
    asked = LoginRequest(
        said.get("login_hint", ""),
        said.get("lti_message_hint", ""),
        target,
        said.get("lti_deployment_id", ""),
        said.get("lti_storage_target", "")[:100],
        platform.client_id,
        is_window="window" in said,
    )
    if not asked.login_hint:
        raise RefusedLaunch("The LMS does not say whom this is about.", TELL)
    if len(asked.as_json) > LONGEST_LOGIN:
        raise RefusedLaunch("What the LMS says of this launch is too long.", TELL)
    database, now = visit.service.database, visit.service.now()
    secrets = await database.write(begin_login, platform.id, asked, now)
    response = _to_platform(visit, platform, asked, secrets)
    _keep(visit, response, _cookie(visit, secrets.key), secrets.binding, int(LOGIN_S))
    return response


async def launch(visit: Visit) -> Response:
    """Take a launch, and open what it is about where the browser is the one that began it."""
    said = await sent_fields(visit)
    state = said.get("state", "")
    found = await visit.service.database.read(login_of, state, visit.service.now())
    if found is None:
        raise RefusedLaunch(ENDED, AGAIN)
    platform = await _platform_of(visit, found)
    try:
        return await _launched(visit, said, found, platform)
    except RefusedLaunch as error:
        if error.says != ENDED:  # somebody has opened an old page again: nothing to be mended
            now = visit.service.now()
            await visit.service.database.write(note_refused, platform.id, error.says, now)
        raise


async def _launched(
    visit: Visit, said: Mapping[str, str], found: LtiLogin, platform: LtiPlatform
) -> Response:
    if "error" in said:
        raise _lms_error(said)
    claims = await _claims(visit, said.get("id_token", ""), found, platform)
    if not await visit.service.database.write(use_login, found, claims, visit.service.now()):
        raise RefusedLaunch(ENDED, AGAIN)
    state = said["state"]
    name = _cookie(visit, login_key(state))
    if _holds(found, visit.request.cookies.get(name, "")):
        response = await _open(visit, found._replace(claims=claims), platform)
        _keep(visit, response, name, "", 0)
        return response
    if found.asked.storage:
        return _ask_storage(visit, found, platform, state)
    return _window_page(visit, found, platform)


async def bound(visit: Visit) -> Response:
    """Open a launch whose browser is known by what the LMS's page has kept."""
    said, database = await sent_fields(visit), visit.service.database
    found = await database.read(login_of, said.get("state", ""), visit.service.now())
    if found is None or not found.claims:
        raise RefusedLaunch(ENDED, AGAIN)
    platform = await _platform_of(visit, found)
    if not _holds(found, said.get("kept", "")):
        return _window_page(visit, found, platform)
    return await _open(visit, found, platform)


async def keys(visit: Visit) -> Response:
    """Send the keys that LMSs check by what we sign."""
    return JSONResponse(visit.service.lti.own.public(visit.service.now()))


async def _claims(
    visit: Visit, token: str, found: LtiLogin, platform: LtiPlatform
) -> dict[str, Any]:
    service = visit.service
    deployments = await service.database.read(deployments_of, platform.id)
    rules = LaunchRules(platform, deployments, found, _addresses(visit), service.now())
    return await checked_claims(token, rules, service.lti.keys)


async def _open(visit: Visit, found: LtiLogin, platform: LtiPlatform) -> Response:
    service, told = visit.service, launch_in(found.claims)
    if not told.sub:
        return _preview(visit, exercise_named(told.exercise, service.shelf.paths), told.message)

    def opened(connection: Connection) -> tuple[str, str]:
        if not take_claims(connection, found):
            raise RefusedLaunch(ENDED, AGAIN)
        note_launched(connection, platform.id, service.now())
        return open_launch(connection, platform, told, service.shelf.paths, service.now())

    path, key = await service.database.write(opened)
    own, asked = service.settings.url, service.settings.url_at(_host(visit))
    return RedirectResponse(f"{own if asked != own else ''}/s/{key}{path}", 303)


def _preview(visit: Visit, path: str, message: str) -> Response:
    """Show an exercise to somebody whom the LMS does not name: nothing of theirs could be kept."""
    if message != RESOURCE or not path:
        raise RefusedLaunch("Your LMS does not say who you are.", "Log in there, and come again.")
    shelf = visit.service.shelf
    return framed_page(
        visit, shelf.title(path), "lti_preview.html.jinja", heading=shelf.title(path),
        task=Markup(without_heading(shelf.task(path))),
    )  # fmt: skip


async def _platform_of(visit: Visit, found: LtiLogin) -> LtiPlatform:
    platform = await visit.service.database.read(platform_with, found.platform_id)
    if platform is None:
        raise RefusedLaunch("This LMS is registered here no more.")
    return platform


async def _platform(visit: Visit, said: Mapping[str, str]) -> LtiPlatform:
    issuer, client = said.get("iss", ""), said.get("client_id", "")
    found = await visit.service.database.read(platforms_of, issuer, client)
    shown = f"{visible(issuer, 120) or 'nobody'}, client {visible(client, 120) or 'not named'}"
    if not found:
        raise RefusedLaunch(f"This LMS is not registered here: {shown}.")
    if len(found) > 1:
        raise RefusedLaunch(f"Several LMSs go by this name, and it does not say which: {shown}.")
    return found[0]


def _to_platform(
    visit: Visit, platform: LtiPlatform, asked: LoginRequest, secrets: LoginSecrets
) -> Response:
    """Send a browser to the LMS; where its page keeps things for us, with a word to it first."""
    fields = {
        "scope": "openid", "response_type": "id_token", "response_mode": "form_post",
        "prompt": "none", "client_id": platform.client_id, "login_hint": asked.login_hint,
        "redirect_uri": visit.service.settings.url_at(_host(visit)) + LAUNCH,
        "state": secrets.state, "nonce": secrets.nonce,
    }  # fmt: skip
    if asked.message_hint:
        fields["lti_message_hint"] = asked.message_hint
    joint = "&" if "?" in platform.login_url else "?"
    place = f"{platform.login_url}{joint}{urlencode(fields)}"
    if not asked.storage:
        return RedirectResponse(place, 303)
    return framed_page(
        visit, "One moment", "lti_put.html.jinja", place=place, frame=asked.storage,
        origin=origin_of(platform.login_url), key=f"grade-{secrets.key}", value=secrets.binding,
    )  # fmt: skip


def _ask_storage(visit: Visit, found: LtiLogin, platform: LtiPlatform, state: str) -> Response:
    return framed_page(
        visit, "One moment", "lti_get.html.jinja", frame=found.asked.storage, state=state,
        origin=origin_of(platform.login_url), key=f"grade-{login_key(state)}",
    )  # fmt: skip


def _window_page(visit: Visit, found: LtiLogin, platform: LtiPlatform) -> Response:
    """Show a button that begins again in a window of its own, where the browser keeps cookies."""
    asked = found.asked
    if asked.is_window:
        says = "Your browser keeps no cookie even in a window of its own, so it is not known here."
        raise RefusedLaunch(says, "Allow cookies for this site, and open the exercise again.")
    fields = {
        "iss": platform.issuer, "client_id": platform.client_id, "window": "yes",
        "login_hint": asked.login_hint, "lti_message_hint": asked.message_hint,
        "target_link_uri": asked.target, "lti_deployment_id": asked.deployment,
    }  # fmt: skip
    shown = urlencode({name: value for name, value in fields.items() if value})
    place = f"/lti/login?{shown}"  # a link: no form may lead on to another site here
    return framed_page(visit, "Open it in a window", "lti_window.html.jinja", place=place)


def _lms_error(said: Mapping[str, str]) -> RefusedLaunch:
    """Return what to tell of an error that the LMS has sent in place of a launch."""
    name = visible(said["error"], 60)
    says = KNOWN_ERRORS.get(name, f"Your LMS has refused this launch: {name}.")
    more = visible(said.get("error_description", ""), 200)
    return RefusedLaunch(f"{says} {more}".strip(), AGAIN)


def _addresses(visit: Visit) -> tuple[str, ...]:
    """Return the service's addresses; an LMS keeps a link for years, with the one it had then."""
    return (visit.service.settings.url, *visit.service.settings.former_urls)


def _host(visit: Visit) -> str:
    """Return the host that was asked: the LMS sends a launch to where the login came from."""
    return visit.request.headers.get("host", "")


def _holds(found: LtiLogin, value: str) -> bool:
    return bool(value) and compare_digest(digest(value), found.binding)


def _cookie(visit: Visit, key: str) -> str:
    """Return the name of a login's cookie: a browser may be in the middle of several."""
    return f"{'__Host-' if visit.service.settings.is_secure else ''}grade-lti-{key}"


def _keep(visit: Visit, response: Response, name: str, value: str, age_s: int) -> None:
    """Have a browser keep a cookie, apart for each site that frames us where it does so at all."""
    apart = "; Secure; SameSite=None; Partitioned" if visit.service.settings.is_secure else ""
    cookie = f"{name}={value}; Max-Age={age_s}; Path=/; HttpOnly{apart or '; SameSite=Lax'}"
    response.headers.append("set-cookie", cookie)
