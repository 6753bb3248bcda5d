"""LMSs are registered by hand: what each calls its addresses, and whether it answers at them."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from grader.errors import Misused
from grader.service.administration import Administration
from grader.service.check import Finding
from grader.service.database.lti.platforms import (
    LtiPlatform,
    NoSuchPlatform,
    add_deployment,
    add_platform,
    all_platforms,
    change_platform,
    courses_of,
    deployments_of,
    platform_called,
    remove_deployment,
    remove_platform,
)
from grader.service.lti.access import AccessTokens, NoAccess
from grader.service.lti.lms_web import LmsSilent, checked_url, is_usable
from grader.service.lti.own_keys import OwnKeys
from grader.service.lti.platform_keys import UnknownKey
from grader.service.lti.scopes import ALL_SCOPES, SCORE
from grader.service.lti.tool import LtiTool

NAME: Final = re.compile(r"[a-z0-9][a-z0-9.-]{0,62}")
TOOL: Final = "grade"
SAYS: Final = "Exercises in automatic differentiation, graded at once"
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


class CoursesLeft(Misused):
    """An LMS has courses, whose links would open nothing more."""

    def __init__(self, name: str, courses: int) -> None:
        super().__init__(
            f"courses that {name} has opened: {courses}; their links would open nothing more, no"
            " mark would go to it, and if it comes again, it makes new ones",
            hint=f"if that is meant: grade admin platform remove {name} --yes",
        )


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


class PlatformAdministration(Administration):
    """The LMSs of a service, changed by whoever has the machine."""

    def add_platform(self, platform: LtiPlatform, deployments: Sequence[str]) -> LtiPlatform:
        """Register an LMS, and return it.

        Raises:
            BadPlatformName: it cannot be called so.
            BadLmsAddress: one of its addresses cannot be used.
            PlatformTaken: it is registered already.
        """
        if not NAME.fullmatch(platform.name):
            raise BadPlatformName(platform.name)
        _check_addresses(platform)
        return self._change(
            "add platform", lambda one: add_platform(one, platform, deployments, self._now())
        )

    def change_platform(self, name: str, kind: str, host: str, told: Mapping[str, str]) -> None:
        """Change what is told of an LMS; with a kind, all of its addresses are filled in anew.

        Raises:
            NoSuchPlatform: there is none.
            MissingAddress: an address of the school's is told without the kind, or the other way.
            BadLmsAddress, PlatformTaken, PeopleElsewhere: it cannot be changed so.
        """
        known = self.platform(name)
        if host and not kind:
            raise MissingAddress("--kind", "--at fills in the addresses of a kind of LMS")
        fields = {one: value for one, value in told.items() if value}
        if kind:
            filled = {"name": name, "client_id": known.client_id, **fields}
            changed = platform_of(kind, host, filled)._replace(id=known.id)
        else:
            client = fields.get("client_id", known.client_id)  # Blackboard's keys are by client
            keys = known.keys_url.replace(f"/{known.client_id}/", f"/{client}/")
            changed = known._replace(**{"keys_url": keys, **fields})
        _check_addresses(changed)
        self._change("change platform", lambda one: change_platform(one, changed))

    def remove_platform(self, name: str, *, is_meant: bool) -> int:
        """Forget an LMS, and return how many courses it has opened, which stay.

        Raises:
            NoSuchPlatform: there is none.
            CoursesLeft: it has some, and it was not said that this is meant.
        """
        known = self.platform(name)
        courses = self._change("", lambda one: courses_of(one, known.id))
        if courses and not is_meant:
            raise CoursesLeft(name, courses)
        self._change("remove platform", lambda one: remove_platform(one, known.id))
        return courses

    def platforms(self) -> list[tuple[LtiPlatform, list[str]]]:
        """Return every LMS, with its deployments."""
        return self._change(
            "", lambda one: [(each, deployments_of(one, each.id)) for each in all_platforms(one)]
        )

    def platform(self, name: str) -> LtiPlatform:
        """Return an LMS by its name.

        Raises:
            NoSuchPlatform: there is none.
        """
        found = self._change("", lambda one: platform_called(one, name))
        if found is None:
            raise NoSuchPlatform(name)
        return found

    def deploy(self, name: str, deployment: str, *, ends: bool) -> bool:
        """Let an LMS open the service from a place of its own, or no more."""
        known = self.platform(name)
        if ends:
            return self._change(
                "end deployment", lambda one: remove_deployment(one, known.id, deployment)
            )
        self._change("deployment", lambda one: add_deployment(one, known.id, deployment))
        return True

    def rotate_key(self) -> str:
        """Make a new key of ours, and return its name."""
        return OwnKeys(self._settings.data).rotate(self._now())

    async def test_platform(self, name: str, make_tool: Callable[[], LtiTool]) -> list[Finding]:
        """Return whether an LMS shows its keys, and gives us access."""
        platform, tool = self.platform(name), make_tool()
        try:
            return [await self._keys(platform, tool), await self._access(platform, tool)]
        finally:
            await tool.web.close()

    async def _keys(self, platform: LtiPlatform, tool: LtiTool) -> Finding:
        try:
            number = await tool.keys.count(platform.keys_url, self._now())
        except UnknownKey as error:
            return Finding("keys", False, str(error))
        return Finding("keys", True, f"{number} at {platform.keys_url}")

    async def _access(self, platform: LtiPlatform, tool: LtiTool) -> Finding:
        try:
            await AccessTokens(tool.web, tool.own).token(platform, [SCORE], self._now())
        except (NoAccess, LmsSilent) as error:
            return Finding("access", False, str(error))
        return Finding("access", True, f"to write marks, from {platform.token_url}")


def _check_addresses(platform: LtiPlatform) -> None:
    for what in ("login_url", "token_url", "keys_url"):
        checked_url(f"--{what.replace('_', '-')}", getattr(platform, what))


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
            "placement": place, "message_type": message,
            "target_link_uri": f"{own}/lti/launch", "enabled": True,
        }
        for place, message in (
            ("assignment_selection", "LtiDeepLinkingRequest"),
            ("link_selection", "LtiDeepLinkingRequest"),
        )
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
