"""Which walls this machine lets be built: all of them, and the strongest tier."""

import sys
from typing import TYPE_CHECKING, NamedTuple

from grader.errors import GraderAtFault, Misused
from grader.sandbox.interpreter import site_folders
from grader.sandbox.protocol.limits import Tier

if TYPE_CHECKING:  # only Linux can load it
    from grader.sandbox.walls.tiers import Layer


class Survey(NamedTuple):
    """The walls of a machine: its system, the tier that they come to, and each of them."""

    platform: str
    tier: Tier
    layers: "tuple[Layer, ...]"


class Unwalled(Misused):
    """No walls can be built here around the code of strangers."""

    def __init__(self) -> None:
        super().__init__(
            "this machine builds no walls around a submission",
            hint="`grade doctor` says why; --walls limits grades code that you trust all the same",
        )


class SurveyFailed(GraderAtFault):
    """The zygote that tries the walls does not start, so nothing is known about them."""

    def __init__(self) -> None:
        super().__init__(
            "the process that tries the walls has not started",
            hint="`GRADE_TRACEBACK=1 grade doctor` shows what it says",
        )


def survey(platform: str) -> Survey:
    """Return the walls that this machine lets be built.

    Args:
        platform: as `sys.platform` has it.

    Raises:
        SurveyFailed: what tries the walls does not start.
    """
    if platform != "linux":
        return Survey(platform, "limits", ())
    from grader.sandbox.submission_run import ProcessLost
    from grader.sandbox.zygote_client import ZygoteClient

    try:
        zygote = ZygoteClient(site_folders(), ask=True)
    except ProcessLost as error:
        raise SurveyFailed from error
    zygote.close()
    return Survey(platform, zygote.isolation, tuple(zygote.layers))


def strongest_tier() -> Tier:
    """Return the strongest tier that this machine builds: each wall is tried."""
    return survey(sys.platform).tier


def strongest_walls() -> Tier:
    """Return the strongest tier, for code that nobody trusts.

    Raises:
        Unwalled: there are no walls here.
    """
    tier = strongest_tier()
    if tier == "limits":
        raise Unwalled
    return tier
