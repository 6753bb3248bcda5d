"""Asks an LMS that is registered whether it answers: for its keys, and for access."""

from grader.service.check import Finding
from grader.service.database.lti.platforms import LtiPlatform
from grader.service.lti.access import AccessTokens, NoAccess
from grader.service.lti.lms_web import LmsSilent
from grader.service.lti.platform_keys import UnknownKey
from grader.service.lti.scopes import SCORE
from grader.service.lti.tool import LtiTool


async def platform_findings(platform: LtiPlatform, tool: LtiTool, now: float) -> list[Finding]:
    """Return whether an LMS shows its keys, and gives us access, in its own words where not."""
    return [await _keys(platform, tool, now), await _access(platform, tool, now)]


async def _keys(platform: LtiPlatform, tool: LtiTool, now: float) -> Finding:
    try:
        number = await tool.keys.count(platform.keys_url, now)
    except UnknownKey as error:
        return Finding("keys", False, str(error))
    return Finding("keys", True, f"{number} at {platform.keys_url}")


async def _access(platform: LtiPlatform, tool: LtiTool, now: float) -> Finding:
    try:
        await AccessTokens(tool.web, tool.own).token(platform, [SCORE], now)
    except (NoAccess, LmsSilent) as error:
        return Finding("access", False, str(error))
    return Finding("access", True, f"to write marks, from {platform.token_url}")
