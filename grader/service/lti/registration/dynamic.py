"""An LMS registers by itself, where an admin has invited it (LTI Dynamic Registration 1.0)."""

import json
from collections.abc import Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from grader.engines.text import visible
from grader.service.database.lti.platforms import LtiPlatform
from grader.service.lti.claims import DEEP_LINKING, LONGEST
from grader.service.lti.lms_web import LmsAnswer, LmsSilent, LmsWeb, is_usable, origin_of
from grader.service.lti.registration.kinds import KINDS, PLACEMENTS, SAYS, TOOL
from grader.service.lti.scopes import ALL_SCOPES
from grader.service.problems import Problem

OF_LMS: Final = "https://purl.imsglobal.org/spec/lti-platform-configuration"
OF_TOOL: Final = "https://purl.imsglobal.org/spec/lti-tool-configuration"
PRIVACY: Final = "https://canvas.instructure.com/lti/privacy_level"
ADDRESS: Final = "/lti/register/"
KEYED: Final = "private_key_jwt"
SIGNED: Final = "RS256"
AGAIN: Final = "Nothing was registered: begin again in the LMS. The address is still good."


class RefusedRegistration(Problem):
    """An LMS that is not registered; the text says why."""

    def __init__(self, says: str, hint: str = AGAIN, status: int = 403) -> None:
        super().__init__(status, says, hint)


class LmsConfiguration(NamedTuple):
    """What an LMS says of itself.

    Attributes:
        issuer: by which it signs.
        login_url: where browsers are sent.
        token_url: where we ask for access.
        keys_url: where its keys are.
        register_url: where we register.
        audience: of our requests for access; "" for the address itself.
        product: "canvas", "moodle"; "" where it does not say.
        scopes: that it knows; none where it does not say.
        placements: where Canvas shows a tool that has something to pick.
        home: the origin from which it came.
    """

    issuer: str
    login_url: str
    token_url: str
    keys_url: str
    register_url: str
    audience: str
    product: str
    scopes: tuple[str, ...]
    placements: tuple[str, ...]
    home: str

    def platform(self, name: str, client_id: str) -> LtiPlatform:
        """Return what is to be registered here."""
        kind = KINDS.get(self.product)
        homes = [self.home, origin_of(self.register_url)]
        frames = " ".join(dict.fromkeys([*(kind.frames.split() if kind else []), *homes]))
        return LtiPlatform(
            "", name, self.issuer, client_id, self.login_url, self.token_url, self.keys_url,
            self.audience, frames,
        )  # fmt: skip


def registration_url(own: str, secret: str) -> str:
    """Return the address that an LMS's admin enters there.

    Args:
        own: the service's address.
        secret: of the invitation.
    """
    return f"{own}{ADDRESS}{secret}"


async def configuration_at(web: LmsWeb, url: str, token: str) -> LmsConfiguration:
    """Return what an LMS says of itself, checked.

    Args:
        web: over which it is asked.
        url: where it says so.
        token: with which it is asked; "" where it gives none.

    Raises:
        RefusedRegistration: it says nothing that can be used.
    """
    if not _is_secure(url):
        raise RefusedRegistration(
            "The LMS does not say where its configuration is, by TLS.",
            "Paste this address into the LMS, where it asks for a registration URL.",
        )
    try:
        answer = await web.get(url, _headers(token))
    except LmsSilent as error:
        raise RefusedRegistration(f"The LMS says nothing of itself: {error}.") from error
    said = answer.json
    if not answer.is_well or not isinstance(said, Mapping):
        raise RefusedRegistration(f"The LMS says nothing of itself: {answer.says}.")
    return _checked(said, url)


async def register_at(web: LmsWeb, lms: LmsConfiguration, token: str, own: str) -> tuple[str, str]:
    """Register the service with an LMS; return the client id and the deployment, "" for none.

    Raises:
        RefusedRegistration: the LMS does not do it.
    """
    content = json.dumps(registration_of(lms, own))
    headers = {**_headers(token), "content-type": "application/json"}
    try:
        answer = await web.post(lms.register_url, headers, content=content)
    except LmsSilent as error:
        raise RefusedRegistration(f"The LMS does not register this: {error}.") from error
    return _registered(answer)


def registration_of(lms: LmsConfiguration, own: str) -> dict[str, Any]:
    """Return what an LMS is told of the service: it is asked for no names, and for no mails.

    Args:
        lms: that asks.
        own: the service's address.
    """
    target = f"{own}/lti/launch"
    picking: dict[str, Any] = {"type": DEEP_LINKING, "target_link_uri": target, "label": TOOL}
    if lms.placements:
        picking["placements"] = list(lms.placements)
    scopes = [one for one in ALL_SCOPES if not lms.scopes or one in lms.scopes]
    about = {
        "domain": urlsplit(own).netloc, "description": SAYS, "target_link_uri": target,
        "custom_parameters": {}, "claims": ["iss", "sub"], "messages": [picking],
    }  # fmt: skip
    if lms.product == "canvas":
        about[PRIVACY] = "anonymous"
    return {
        "application_type": "web", "response_types": ["id_token"],
        "grant_types": ["client_credentials", "implicit"],
        "initiate_login_uri": f"{own}/lti/login", "redirect_uris": [target],
        "client_name": TOOL, "jwks_uri": f"{own}/lti/keys",
        "token_endpoint_auth_method": KEYED, "scope": " ".join(scopes), OF_TOOL: about,
    }  # fmt: skip


def _checked(said: Mapping[str, Any], url: str) -> LmsConfiguration:
    issuer = _address(said, "issuer")
    if not _may_speak_for(urlsplit(url).hostname or "", issuer):
        raise RefusedRegistration(
            f"{urlsplit(url).hostname} says that it is {visible(issuer, 120)}, which it is not."
        )
    _check_methods(said)
    about = said.get(OF_LMS)
    about = about if isinstance(about, Mapping) else {}
    product, audience = about.get("product_family_code"), said.get("authorization_server")
    return LmsConfiguration(
        issuer,
        _address(said, "authorization_endpoint"),
        _address(said, "token_endpoint"),
        _address(said, "jwks_uri"),
        _address(said, "registration_endpoint"),
        # Canvas says the name of a host here, and takes the address of its tokens alone.
        audience=str(audience) if _is_secure(audience) else "",
        product=product.lower() if isinstance(product, str) else "",
        scopes=tuple(_texts(said.get("scopes_supported"))),
        placements=_placements(about.get("messages_supported")),
        home=origin_of(url),
    )


def _address(said: Mapping[str, Any], name: str) -> str:
    url = said.get(name)
    if not _is_secure(url) or (name == "issuer" and len(str(url)) > LONGEST):
        shown = visible(str(url), 120)
        raise RefusedRegistration(f"The LMS says {shown} for its {name}: no address by TLS.")
    return str(url)


def _check_methods(said: Mapping[str, Any]) -> None:
    """Check that an LMS knows how we say who we are, and signs in a way that we check."""
    for name, ours in (
        ("token_endpoint_auth_methods_supported", KEYED),
        ("id_token_signing_alg_values_supported", SIGNED),
    ):
        known = list(_texts(said.get(name)))
        if known and ours not in known:
            raise RefusedRegistration(f"The LMS knows {', '.join(known)[:120]}, and not {ours}.")


def _may_speak_for(host: str, issuer: str) -> bool:
    """Return whether a host is an issuer's: the same, or what is known of issuers of many schools.

    Canvas and Blackboard have one issuer for all schools, and addresses elsewhere.
    """
    if host == urlsplit(issuer).hostname:
        return True
    kinds = [kind for kind in KINDS.values() if kind.issuer == issuer]
    known = {urlsplit(url).hostname for kind in kinds for url in (kind.login, kind.token)}
    ends = [frame.partition("*")[2] for kind in kinds for frame in kind.frames.split()]
    return host in known or any(end and host.endswith(end) for end in ends)


def _placements(messages: object) -> tuple[str, ...]:
    """Return where Canvas shows a tool that has something to pick; Moodle says words alone."""
    for one in messages if isinstance(messages, list) else ():
        if isinstance(one, Mapping) and one.get("type") == DEEP_LINKING:
            offered = list(_texts(one.get("placements")))
            return tuple(place for place in PLACEMENTS if place in offered)
    return ()


def _registered(answer: LmsAnswer) -> tuple[str, str]:
    said = answer.json
    if not answer.is_well or not isinstance(said, Mapping):
        raise RefusedRegistration(f"The LMS does not register this: {answer.says}.")
    about = said.get(OF_TOOL)
    client = _id(said.get("client_id"))
    deployment = _id(about.get("deployment_id")) if isinstance(about, Mapping) else ""
    if not client:
        raise RefusedRegistration("The LMS has registered this, and does not say as which client.")
    return client, deployment


def _id(value: object) -> str:
    """Return an id, which some LMSs write as a number; "" for what is none."""
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return text if len(text) <= LONGEST else ""


def _is_secure(url: object) -> bool:
    return isinstance(url, str) and is_usable(url) and url.startswith("https://")


def _headers(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"} if token else {}


def _texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
