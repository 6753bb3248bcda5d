"""Asks an LMS with a token, and tells apart in how many ways it does not do what was asked."""

import json
from typing import Any, NamedTuple

from grader.service.database.lti.platforms import LtiPlatform
from grader.service.lti.access import AccessTokens
from grader.service.lti.lms_web import LmsAnswer, LmsSilent, LmsWeb


class LmsRefusal(Exception):
    """An LMS does not take something, and asking again would not help."""


class NotNewer(Exception):
    """An LMS has a score that is as new in whole seconds."""


class LmsCall(NamedTuple):
    """A question to an LMS.

    Attributes:
        url: of what is asked.
        kind: the type of what is sent or wanted.
        scope: that it needs.
        sent: what is sent, as JSON; None where something is read.
    """

    url: str
    kind: str
    scope: str
    sent: Any = None


class PlatformWeb:
    """An LMS that is asked with tokens."""

    def __init__(self, web: LmsWeb, tokens: AccessTokens, platform: LtiPlatform) -> None:
        """Be ready to ask.

        Args:
            web: over which.
            tokens: with which.
            platform: whom.
        """
        self._web, self._tokens, self._platform = web, tokens, platform

    async def ask(self, call: LmsCall, now: float) -> LmsAnswer:
        """Return an answer that did what was asked.

        Raises:
            NotNewer: the LMS has a score that is as new.
            LmsRefusal, NoAccess: it does not do it.
            LmsSilent: it does not answer, or not now.
        """
        answer = await self._once(call, now)
        if answer.status == 401:  # a token may have been taken back: once more with a new one
            self._tokens.forget(self._platform, [call.scope])
            answer = await self._once(call, now)
        return _well(answer)

    async def _once(self, call: LmsCall, now: float) -> LmsAnswer:
        token = await self._tokens.token(self._platform, [call.scope], now)
        headers = {"authorization": f"Bearer {token}"}
        if call.sent is None:
            return await self._web.get(call.url, {**headers, "accept": call.kind})
        text = json.dumps(call.sent)
        return await self._web.post(call.url, {**headers, "content-type": call.kind}, content=text)


def _well(answer: LmsAnswer) -> LmsAnswer:
    if answer.is_well:
        return answer
    if answer.is_busy:
        raise LmsSilent(answer.says, answer.retry_s)
    if answer.status == 409:
        raise NotNewer(answer.says)
    raise LmsRefusal(answer.says)
