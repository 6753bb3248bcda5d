"""Checks what an LMS has signed for a launch: all of it, and in the words of who has to mend it."""

from collections.abc import Callable, Mapping, Sequence
from hmac import compare_digest
from math import isfinite
from shlex import quote
from typing import Any, Final, NamedTuple

from grader.engines.text import visible
from grader.service.database.credentials import digest
from grader.service.database.lti.logins import LtiLogin
from grader.service.database.lti.platforms import LtiPlatform
from grader.service.lti.claims import DEEP_LINKING, LONGEST, LTI, MESSAGES, PICKING, RESOURCE
from grader.service.lti.lms_web import is_usable, origin_of
from grader.service.lti.platform_keys import PlatformKeys, UnknownKey
from grader.service.problems import Problem

SLACK_S: Final = 60.0
VERSION: Final = "1.3.0"
LONGEST_TOKEN: Final = 64 << 10
LATEST: Final = 1e12  # what is beyond this are no seconds
AGAIN: Final = "Go back to your LMS, and open the exercise again."
TELL: Final = "Tell whoever runs this service, and whoever runs the LMS."


class LaunchRules(NamedTuple):
    """What a launch has to fit.

    Attributes:
        platform: the LMS that began it.
        deployments: from where it may come.
        login: what it answers.
        own: the service's addresses: its own, and those that it had before.
        now: the time.
    """

    platform: LtiPlatform
    deployments: Sequence[str]
    login: LtiLogin
    own: Sequence[str]
    now: float


class RefusedLaunch(Problem):
    """A launch that opens nothing; the text says why."""

    def __init__(self, says: str, hint: str = TELL, status: int = 403) -> None:
        super().__init__(status, says, hint)


async def checked_claims(token: str, rules: LaunchRules, keys: PlatformKeys) -> dict[str, Any]:
    """Return the claims of a token, all of which are as they must be.

    Raises:
        RefusedLaunch: one is not.
    """
    if len(token) > LONGEST_TOKEN:
        raise RefusedLaunch("What the LMS has sent is too long.")
    try:
        claims = await keys.verified(token, rules.platform.keys_url, rules.now)
    except UnknownKey as error:
        says = f"The key that the LMS has signed with is not known: {visible(str(error))}."
        raise RefusedLaunch(says, f"Try it again in half a minute. {TELL}", 503) from error
    except ValueError as error:
        raise RefusedLaunch(f"What the LMS has sent is not to be trusted: {error}.") from error
    for look in LOOKS:
        look(claims, rules)
    return claims


def is_ours(url: object, own: Sequence[str]) -> bool:
    """Return whether an address is one of the service's.

    Args:
        url: that an LMS names.
        own: the service's addresses.
    """
    try:
        return isinstance(url, str) and origin_of(url) in map(origin_of, own)
    except ValueError:
        return False


def _issuer(claims: Mapping[str, Any], rules: LaunchRules) -> None:
    if claims.get("iss") != rules.platform.issuer:
        raise RefusedLaunch(
            f"This was signed by {_said(claims, 'iss')}, and {rules.platform.issuer} was asked."
        )


def _audience(claims: Mapping[str, Any], rules: LaunchRules) -> None:
    audience, party = claims.get("aud"), claims.get("azp")
    listed = [audience] if isinstance(audience, str) else audience
    ours = rules.platform.client_id
    if not isinstance(listed, list) or ours not in listed:
        raise RefusedLaunch(f"This is for {_said(claims, 'aud')}, and the client here is {ours}.")
    if party is None and len(listed) > 1:
        raise RefusedLaunch(
            "This is for several tools, and does not say for which one it was made."
        )
    if party is not None and party != ours:
        raise RefusedLaunch(
            f"This was made for {_said(claims, 'azp')}, and the client here is {ours}."
        )


def _times(claims: Mapping[str, Any], rules: LaunchRules) -> None:
    ends, made = _time(claims, "exp"), _time(claims, "iat")
    if ends is None or made is None:
        raise RefusedLaunch(
            "The LMS does not say when it has signed this, or until when it is good."
        )
    if ends <= rules.now - SLACK_S:
        raise RefusedLaunch("This launch has ended.", AGAIN)
    if made > rules.now + SLACK_S:
        raise RefusedLaunch(
            "The LMS has signed this in the future: its clock is wrong, or ours is."
        )
    if made < rules.login.made_at - SLACK_S:
        raise RefusedLaunch("The LMS has signed this before it was asked.", AGAIN)
    begins = _time(claims, "nbf")
    if "nbf" in claims and (begins is None or begins > rules.now + SLACK_S):
        raise RefusedLaunch("This launch is not good yet: the LMS's clock is wrong, or ours is.")


def _nonce(claims: Mapping[str, Any], rules: LaunchRules) -> None:
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not compare_digest(digest(nonce), rules.login.nonce):
        raise RefusedLaunch("This answers another launch than the one that was begun.", AGAIN)


def _version(claims: Mapping[str, Any], rules: LaunchRules) -> None:  # noqa: ARG001  (of LOOKS)
    if claims.get(LTI + "version") != VERSION:
        raise RefusedLaunch(
            f"This is LTI {_said(claims, LTI + 'version')}, and 1.3.0 is spoken here."
        )
    if claims.get(LTI + "message_type") not in MESSAGES:
        raise RefusedLaunch(
            f"The LMS asks for {_said(claims, LTI + 'message_type')}, which is unknown."
        )


def _deployment(claims: Mapping[str, Any], rules: LaunchRules) -> None:
    told, begun = claims.get(LTI + "deployment_id"), rules.login.asked.deployment
    if begun and told != begun:
        raise RefusedLaunch("This comes from another place of the LMS than it was begun at.", AGAIN)
    if told not in rules.deployments:
        shown = visible(str(told), LONGEST)
        command = f"grade admin platform deploy {rules.platform.name} {quote(shown)}"
        raise RefusedLaunch(
            f"The deployment {shown} is not registered here.", f"Its admin: {command}"
        )


def _subject(claims: Mapping[str, Any], rules: LaunchRules) -> None:  # noqa: ARG001  (of LOOKS)
    if "sub" in claims and not _is_id(claims["sub"]):
        raise RefusedLaunch("The LMS says who you are in a way that cannot be read.")
    roles = claims.get(LTI + "roles")
    if not isinstance(roles, list) or not all(isinstance(one, str) for one in roles):
        raise RefusedLaunch("The LMS does not say what you are in the course.")


def _target(claims: Mapping[str, Any], rules: LaunchRules) -> None:
    message = claims[LTI + "message_type"]
    target = claims.get(LTI + "target_link_uri")
    if message == RESOURCE and target is None:
        raise RefusedLaunch("The LMS does not say what it wants to open.")
    if target is not None and not is_ours(target, rules.own):
        said = _said(claims, LTI + "target_link_uri")
        raise RefusedLaunch(f"The LMS wants to open {said}, and this is {rules.own[0]}.")
    link = claims.get(LTI + "resource_link")
    if message == RESOURCE and not (isinstance(link, dict) and _is_id(link.get("id"))):
        raise RefusedLaunch("The LMS does not say which link was opened.")
    context = claims.get(LTI + "context")
    if context is not None and not (isinstance(context, dict) and _is_id(context.get("id"))):
        raise RefusedLaunch("The LMS does not say which course this is.")


def _settings(claims: Mapping[str, Any], rules: LaunchRules) -> None:  # noqa: ARG001  (of LOOKS)
    if claims[LTI + "message_type"] != DEEP_LINKING:
        return
    wanted = claims.get(PICKING)
    if not isinstance(wanted, dict) or not is_usable(wanted.get("deep_link_return_url")):
        raise RefusedLaunch("The LMS does not say where the exercise that is picked should go.")


Look = Callable[[Mapping[str, Any], LaunchRules], None]
LOOKS: Final[Sequence[Look]] = (
    _issuer, _audience, _times, _nonce, _version, _deployment, _subject, _target, _settings,
)  # fmt: skip


def _time(claims: Mapping[str, Any], name: str) -> float | None:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) < LATEST and isfinite(value) else None


def _is_id(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST


def _said(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    return visible(str(value), 120) if value is not None else "nothing"
