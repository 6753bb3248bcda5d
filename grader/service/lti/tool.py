"""The service as LMSs see it: a tool with keys of its own, that knows theirs."""

from pathlib import Path
from typing import NamedTuple

from grader.service.lti.lms_web import LmsWeb
from grader.service.lti.own_keys import OwnKeys
from grader.service.lti.platform_keys import PlatformKeys


class LtiTool(NamedTuple):
    """What speaks with LMSs.

    Attributes:
        own: our keys.
        web: over which they are asked.
        keys: theirs.
    """

    own: OwnKeys
    web: LmsWeb
    keys: PlatformKeys


def lti_tool(data: Path, web: LmsWeb | None = None) -> LtiTool:
    """Return what speaks with LMSs.

    Args:
        data: the service's folder, which has our keys.
        web: in place of the network.
    """
    web = web or LmsWeb()
    return LtiTool(OwnKeys(data), web, PlatformKeys(web))
