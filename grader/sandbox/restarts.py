"""Decides how often a submission that Programs bring down is started again, and when it is not."""

from grader.engines.observation import Observation

MOST_RESTARTS = 4
MOST_TIMED_OUT = 10

TOO_OFTEN = Observation("not asked", detail="it had been started again too often")
TOO_SLOW = Observation("not asked", detail="too much before it did not come to an end")
NOT_AGAIN = Observation("not asked", detail="it could not be started again")


class Restarts:
    """The count of what a submission has been through while Programs were put to it.

    Attributes:
        stop: the Observation of every Program that is left; None while more can be asked.
    """

    def __init__(self) -> None:
        self.stop: Observation | None = None
        self._restarts = 0
        self._timed_out = 0

    def may_start(self) -> bool:
        """Count a start, and return whether it is to be made."""
        if self._restarts == MOST_RESTARTS:
            self.stop = TOO_OFTEN
        self._restarts += 1
        return self.stop is None

    def fail_unless(self, has_started: bool) -> None:
        """Ask no more where a start has failed."""
        if not has_started:
            self.stop = NOT_AGAIN

    def count(self, last: Observation) -> None:
        """Count the Program at which a message came to its end."""
        self._timed_out += last.ended == "timed out"
        if last.ended == "violated":
            self.stop = last
        elif self._timed_out == MOST_TIMED_OUT:
            self.stop = TOO_SLOW
