"""Processes behind walls: a zygote forks one for each submission, and is replaced when it dies."""

from collections.abc import Sequence

from grader.errors import GraderAtFault, Misused
from grader.sandbox.interpreter import site_folders
from grader.sandbox.protocol.limits import Tier
from grader.sandbox.submission_run import ProcessLost
from grader.sandbox.zygote_client import ZygoteChild, ZygoteClient

STARTS = 2


class NoWalls(Misused):
    """The walls that were asked for cannot be built on this machine."""

    def __init__(self, tier: Tier, strongest: Tier) -> None:
        super().__init__(
            f"walls of tier {tier} cannot be built here: {strongest} is what there is",
            hint="`grade doctor` says what is missing, and how to get it",
        )


class ZygoteDied(GraderAtFault):
    """The zygote has died, and so has the one that took its place."""

    def __init__(self) -> None:
        super().__init__(
            "the process that runs submissions has died twice",
            hint="see whether the machine has memory left",
        )


class ZygotePool:
    """A zygote as long as it lives, and then the next one."""

    def __init__(self, tier: Tier, warm: Sequence[str] = ()) -> None:
        """Start a zygote.

        Args:
            tier: that of the walls, no more and no less.
            warm: modules to import before anything is forked.

        Raises:
            NoWalls: this machine does not let them be built.
            ZygoteDied: it does not start.
        """
        self.isolation = tier
        self._warm = warm
        self._zygote = self._start()

    def launch(self, without: Sequence[str] = ()) -> ZygoteChild:
        """Return a new process, from a new zygote where the old one has died.

        Args:
            without: packages that it is not to have, by their top-level names.

        Raises:
            ZygoteDied: the new one has died, too.
        """
        for _ in range(STARTS):
            try:
                return self._zygote.fork(without)
            except ProcessLost:
                self._zygote.close()
                self._zygote = self._start()
        raise ZygoteDied

    def close(self) -> None:
        """End the zygote and all that it forked."""
        self._zygote.close()

    def _start(self) -> ZygoteClient:
        try:
            zygote = ZygoteClient(site_folders(), at_most=self.isolation, warm=self._warm)
        except ProcessLost as error:
            raise ZygoteDied from error
        if zygote.isolation != self.isolation:
            zygote.close()
            raise NoWalls(self.isolation, zygote.isolation)
        return zygote
