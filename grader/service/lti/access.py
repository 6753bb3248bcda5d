"""Access to an LMS: tokens by platform and scopes, asked for with what we sign."""

from collections.abc import Iterable
from secrets import token_urlsafe
from typing import Any, Final

from grader.service.database.lti.platforms import LtiPlatform
from grader.service.lti.lms_web import LmsAnswer, LmsSilent, LmsWeb
from grader.service.lti.own_keys import OwnKeys

ASSERTION: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
GOOD_S: Final = 300
EARLY_S: Final = 60.0
USUAL_S: Final = 3600.0


class NoAccess(Exception):
    """An LMS lets us do nothing; the text has its words."""


class AccessTokens:
    """The tokens that LMSs have given, by platform and scopes: no tenant gets another's."""

    def __init__(self, web: LmsWeb, own: OwnKeys) -> None:
        """Have none yet.

        Args:
            web: over which LMSs are asked.
            own: our keys.
        """
        self._web, self._own = web, own
        self._known: dict[tuple[str, str], tuple[str, float]] = {}

    async def token(self, platform: LtiPlatform, scopes: Iterable[str], now: float) -> str:
        """Return a token for some scopes.

        Raises:
            NoAccess: the LMS gives none.
            LmsSilent: it does not answer, or cannot now.
        """
        key = platform.id, " ".join(sorted(scopes))
        token, ends = self._known.get(key, ("", 0.0))
        if not token or ends <= now:
            answer = await self._web.post(platform.token_url, form=self._form(platform, key, now))
            token, good_s = _token_in(answer)
            self._known[key] = token, now + good_s - min(EARLY_S, good_s / 2)
        return token

    def forget(self, platform: LtiPlatform, scopes: Iterable[str]) -> None:
        """Use a token no more, which an LMS has refused."""
        self._known.pop((platform.id, " ".join(sorted(scopes))), None)

    def _form(self, platform: LtiPlatform, key: tuple[str, str], now: float) -> dict[str, str]:
        claims = {
            "iss": platform.client_id, "sub": platform.client_id,
            "aud": platform.audience or platform.token_url, "iat": int(now),
            "exp": int(now) + GOOD_S, "jti": token_urlsafe(24),
        }  # fmt: skip
        return {
            "grant_type": "client_credentials", "client_assertion_type": ASSERTION,
            "client_assertion": self._own.sign(claims, now), "scope": key[1],
        }  # fmt: skip


def _token_in(answer: LmsAnswer) -> tuple[str, float]:
    """Return the token in an answer, and for how many seconds it is good."""
    said: Any = answer.json
    if answer.is_busy:
        raise LmsSilent(f"no access now: {answer.says}", answer.retry_s)
    token = said.get("access_token") if isinstance(said, dict) else None
    if not answer.is_well or not isinstance(token, str) or not token:
        raise NoAccess(f"the LMS gives no access: {answer.says}")
    good = said.get("expires_in")
    is_number = isinstance(good, int | float) and not isinstance(good, bool) and good > 0
    return token, float(good) if is_number else USUAL_S
