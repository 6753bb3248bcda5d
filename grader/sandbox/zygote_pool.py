"""Worlds behind walls: a zygote forks one for each submission, and is replaced when it dies."""

from collections.abc import Sequence

from grader.errors import GraderAtFault, Misused
from grader.sandbox.interpreter import site_folders
from grader.sandbox.process import ProcessLost
from grader.sandbox.protocol.limits import Tier
from grader.sandbox.zygote_client import ZygoteChild, ZygoteClient

STARTS = 2


class NoWalls(Misused):
    """The walls that were asked for cannot be built on this machine."""

    def __init__(self, wanted: Tier, found: Tier) -> None:
        super().__init__(
            f"walls of tier {wanted} cannot be built here: {found} is what there is",
            hint="`grade doctor` says what is missing, and how to get it",
        )


class ZygoteDied(GraderAtFault):
    """What forks submissions has died, and so has what took its place."""

    def __init__(self) -> None:
        super().__init__(
            "the process that runs submissions has died twice",
            hint="see whether the machine has memory left",
        )


class ZygotePool:
    """A zygote as long as it lives, and then the next one."""

    def __init__(self, wanted: Tier, warm: Sequence[str] = ()) -> None:
        """Start a zygote.

        Args:
            wanted: the tier of the walls, no more and no less.
            warm: modules to import before anything is forked.

        Raises:
            NoWalls: this machine does not let them be built.
            Fallen: it does not start.
        """
        self.isolation = wanted
        self._warm = warm
        self._nursery = self._start()

    def launch(self) -> ZygoteChild:
        """Return a new world, from a new zygote where the old one has died.

        Raises:
            Fallen: the new one has died, too.
        """
        for _ in range(STARTS):
            try:
                return self._nursery.fork()
            except ProcessLost:
                self._nursery.close()
                self._nursery = self._start()
        raise ZygoteDied

    def close(self) -> None:
        """End the zygote and all that it forked."""
        self._nursery.close()

    def _start(self) -> ZygoteClient:
        try:
            nursery = ZygoteClient(site_folders(), at_most=self.isolation, warm=self._warm)
        except ProcessLost as error:
            raise ZygoteDied from error
        if nursery.isolation != self.isolation:
            nursery.close()
            raise NoWalls(self.isolation, nursery.isolation)
        return nursery
