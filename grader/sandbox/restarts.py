"""Decides how often a submission that is brought down is started again, and how long it may take.

What stops it while it runs costs what came after that: it is run again up to there. What its
Programs take where they do not come to an end comes out of one budget, whatever asks them.
"""

from grader.engines.observation import Observation
from grader.sandbox.load_result import LoadResult, Step
from grader.sandbox.protocol.limits import Limits

MOST_RESTARTS = 4
MOST_RUNS = 4
TIMES = 3  # so often one Program's limit, for all that do not come to an end
SHARE = 3  # a Program may take that part of what is left, so that right ones after it are asked
LEAST_S = 0.05  # many times what a Program takes

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
        if last.ended == "violated":
            self.stop = last


class TimeBudget:
    """The CPU time that the Programs of a submission may take where they do not come to an end."""

    def __init__(self, limits: Limits) -> None:
        self._most_s = limits.program_s
        self._left_s = TIMES * limits.program_s

    def seconds(self) -> float:
        """Return the seconds that the next Program may take, 0 where nothing more is asked."""
        share_s = min(self._most_s, self._left_s / SHARE)
        return share_s if share_s >= min(LEAST_S, self._most_s / SHARE) else 0.0

    def spend(self, seconds: float) -> None:
        """Take off what a Program has taken that did not come to an end."""
        self._left_s -= seconds

    def spend_all_but_one(self) -> None:
        """Leave one Program's limit, where running the submission did not come to an end."""
        self._left_s = min(self._left_s, self._most_s)


class Reruns:
    """The runs of a submission that stops before its end: each ends above what stopped the last.

    Attributes:
        until: the cell and the statement before which the next run ends; None where it goes on.
    """

    def __init__(self) -> None:
        self.until: list[int] | None = None
        self._first: LoadResult | None = None
        self._step: Step | None = None
        self._runs = 0

    def is_needed(self, loaded: LoadResult, step: Step | None) -> bool:
        """Return whether to run again, for what stood above the step at which a run has stopped.

        Args:
            loaded: what came of the run.
            step: the last one that it had begun.
        """
        self._runs += 1
        if step is None or loaded.ended not in ("died", "timed out", "flooded"):
            return False
        self._step = step
        if self._first is None:
            self._first = loaded
        self.until = [step.cell, step.number]
        stays = loaded.ended == "flooded" or (loaded.is_whole and not loaded.threads)
        stood = step.number > 0 or step.cell > 1
        return not stays and stood and self._runs < MOST_RUNS

    def result(self, last: LoadResult) -> LoadResult:
        """Return what came of all runs: what the last one left, and how the first one stopped."""
        first = self._first
        if first is None:
            return last
        told = (*last.mishaps, *(one for one in first.mishaps if one not in last.mishaps))
        return last._replace(
            ended=first.ended,
            mishaps=told,
            detail=first.detail,
            use=first.use,
            many=max(first.many, last.many),
            stopped=self._step,
        )
