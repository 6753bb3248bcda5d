"""What kinds of LMSs call their addresses, and what one of them wants to know of ours."""

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from grader.errors import Misused
from grader.service.database.lti.platforms import LtiPlatform
from grader.service.lti.claims import DEEP_LINKING
from grader.service.lti.lms_web import checked_url, is_usable
from grader.service.lti.scopes import ALL_SCOPES

NAME: Final = re.compile(r"[a-z0-9][a-z0-9.-]{0,62}")
TOOL: Final = "grade"
SAYS: Final = "Exercises in automatic differentiation, graded at once"
PLACEMENTS: Final = ("assignment_selection", "link_selection")
BLACKBOARD: Final = "https://developer.blackboard.com/api/v1"


class BadPlatformName(Misused):
    """An LMS cannot be called so."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name!r} is no name for an LMS", hint="small letters, digits, dots and -: moodle"
        )


class MissingAddress(Misused):
    """An address of an LMS is needed, and was not told."""

    def __init__(self, option: str, why: str) -> None:
        super().__init__(f"{option} is missing: {why}", hint="see docs/how-to/lti.md")


class PlatformAddresses(NamedTuple):
    """What a kind of LMS calls its addresses, with HOST for the school's, and CLIENT for our id.

    Attributes:
        issuer: by which it signs.
        login: where browsers are sent.
        token: where we ask for access.
        keys: where its keys are.
        audience: of our requests for access; "" for the address itself.
        frames: origins of its pages that are not among these.
    """

    issuer: str
    login: str
    token: str
    keys: str
    audience: str = ""
    frames: str = ""


KINDS: Final[Mapping[str, PlatformAddresses]] = {
    "canvas": PlatformAddresses(
        "https://canvas.instructure.com",
        "https://sso.canvaslms.com/api/lti/authorize_redirect",
        "https://sso.canvaslms.com/login/oauth2/token",
        "https://sso.canvaslms.com/api/lti/security/jwks",
        frames="https://*.instructure.com",
    ),
    "moodle": PlatformAddresses(
        "HOST", "HOST/mod/lti/auth.php", "HOST/mod/lti/token.php", "HOST/mod/lti/certs.php"
    ),
    "blackboard": PlatformAddresses(
        "https://blackboard.com",
        f"{BLACKBOARD}/gateway/oidcauth",
        f"{BLACKBOARD}/gateway/oauth2/jwttoken",
        f"{BLACKBOARD}/management/applications/CLIENT/jwks.json",
        frames="https://*.blackboard.com",
    ),
    "brightspace": PlatformAddresses(
        "HOST",
        "HOST/d2l/lti/authenticate",
        "https://auth.brightspace.com/core/connect/token",
        "HOST/d2l/.well-known/jwks",
        audience="https://api.brightspace.com/auth/token",
    ),
}


def checked_name(name: str) -> str:
    """Return a name for an LMS.

    Raises:
        BadPlatformName: it cannot be called so.
    """
    if not NAME.fullmatch(name):
        raise BadPlatformName(name)
    return name


def checked_platform(platform: LtiPlatform) -> LtiPlatform:
    """Return an LMS that may be registered.

    Raises:
        BadPlatformName: it cannot be called so.
        BadLmsAddress: one of its addresses cannot be used.
    """
    checked_name(platform.name)
    for what in ("login_url", "token_url", "keys_url"):
        checked_url(f"--{what.replace('_', '-')}", getattr(platform, what))
    return platform


def platform_of(kind: str, host: str, fields: Mapping[str, str]) -> LtiPlatform:
    """Return an LMS of a kind, as it is to be registered.

    Args:
        kind: of KINDS, "" for another one, whose addresses all have to be told.
        host: the school's address of it, "https://moodle.uni.example".
        fields: of `LtiPlatform`, those that are told.

    Raises:
        MissingAddress: it is needed, and was not told.
    """
    known = KINDS.get(kind, PlatformAddresses("", "", "", ""))
    if any("HOST" in one for one in known) and not is_usable(host):
        raise MissingAddress("--at", f"{kind} is at an address of the school's")
    home, client = host.rstrip("/"), fields["client_id"]
    filled = [one.replace("HOST", home).replace("CLIENT", client) for one in known]
    names = ("issuer", "login_url", "token_url", "keys_url", "audience", "frames")
    usual = dict(zip(names, filled, strict=True))
    if host and kind in ("canvas", "blackboard"):
        usual["frames"] = f"{usual['frames']} {home}".strip()
    given = {name: fields.get(name) or usual[name] for name in names}
    for name in names[:4]:
        if not given[name]:
            raise MissingAddress(f"--{name.replace('_', '-')}", "this kind of LMS is not known")
    return LtiPlatform("", fields["name"], client_id=client, **given)


def canvas_key(own: str) -> dict[str, Any]:
    """Return what Canvas wants for a developer key, as JSON to be pasted there; no names or mails.

    Args:
        own: the service's address.
    """
    placements = [
        {
            "placement": place, "message_type": DEEP_LINKING,
            "target_link_uri": f"{own}/lti/launch", "enabled": True,
        }
        for place in PLACEMENTS
    ]  # fmt: skip
    return {
        "title": TOOL, "description": SAYS, "oidc_initiation_url": f"{own}/lti/login",
        "target_link_uri": f"{own}/lti/launch", "public_jwk_url": f"{own}/lti/keys",
        "scopes": list(ALL_SCOPES), "custom_fields": {},
        "extensions": [
            {
                "domain": urlsplit(own).netloc, "tool_id": TOOL, "privacy_level": "anonymous",
                "platform": "canvas.instructure.com",
                "settings": {"text": TOOL, "placements": placements},
            }
        ],
    }  # fmt: skip
