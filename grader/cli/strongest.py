"""The strongest walls that this machine builds, where nobody says which."""

import sys

from grader.cli.commands.doctor import examine
from grader.errors import Misused
from grader.sandbox.child.resource_limits import Tier


class Unwalled(Misused):
    """No walls can be built here around the code of strangers."""

    def __init__(self) -> None:
        super().__init__(
            "this machine builds no walls around a submission",
            hint="`grade doctor` says why; --walls limits grades code that you trust all the same",
        )


def strongest() -> Tier:
    """Return the strongest tier that this machine builds: each wall is tried."""
    return examine(sys.platform).tier


def walled() -> Tier:
    """Return the strongest tier, for code that nobody trusts.

    Raises:
        Unwalled: there are no walls here.
    """
    tier = strongest()
    if tier == "limits":
        raise Unwalled
    return tier
