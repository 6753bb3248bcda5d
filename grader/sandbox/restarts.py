"""Decides how often a submission that is brought down is started again, and how long it may take.

What stops it while it runs costs what came after that: it is run again up to there. What its
Programs take where they do not come to an end comes out of one budget, whatever asks them, and
another one holds how often its process may die: each time it has to be run anew, which takes as
long as its run takes. Deaths are counted, and not their time, so that a verdict stays the same.
"""

from collections.abc import Callable, Mapping

from grader.engines.observation import Observation
from grader.sandbox.load_result import BegunStatement, LoadResult, unfinished_load
from grader.sandbox.protocol.limits import Limits
from grader.sandbox.submission_run import (
    LINE_FAULTS,
    KilledFromOutside,
    ProcessLost,
    SandboxProcess,
    SubmissionRun,
)

MOST_RESTARTS = 4
MOST_RUNS = 4
MOST_DEATHS = 12  # of one submission, whatever it is asked
MOST_IN_VAIN = 4  # of those one after the other, between which nothing was answered
TIMES = 3  # so often one Program's limit, for all that do not come to an end
SHARE = 4  # that part of what is left, once it is little, so that right ones are still asked
KILLING = 1.5  # times what a Program may take: what one costs that cannot be interrupted
LEAST_S = 0.05  # many times what a Program takes

MOST_LOSSES = MOST_KILLS = 1
BROUGHT_DOWN = Observation("died", detail="it brought down what runs submissions, twice")
KILLED_TWICE = "its process was killed twice, and not by itself: see whether memory is left here"
KILLED = Observation("not asked", detail=KILLED_TWICE)

TOO_OFTEN = Observation("not asked", detail="it had been started again too often")
TOO_SLOW = Observation("not asked", detail="too much before it did not come to an end")
NOT_AGAIN = Observation("not asked", detail="it could not be started again")


class TakesLong(Exception):
    """A submission that was asked in haste does not come to an end at once; it may, in time."""


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


class DeathBudget:
    """The deaths that a submission's process may die until nothing more is asked."""

    def __init__(self) -> None:
        self._deaths = self._in_vain = 0

    def is_spent(self) -> bool:
        """Return whether it has died too often."""
        return self._deaths > MOST_DEATHS or self._in_vain > MOST_IN_VAIN

    def count(self, ended: str) -> None:
        """Count how a Program, or the process itself, has come to its end."""
        died = ended in ("died", "violated")
        self._deaths += died
        self._in_vain = self._in_vain + 1 if died else 0


class TimeBudget:
    """The CPU time that the Programs of a submission may take where they do not come to an end."""

    def __init__(self, limits: Limits) -> None:
        self._most_s = limits.program_s
        self._left_s = TIMES * limits.program_s

    def seconds(self) -> float:
        """Return the seconds that the next Program may take, 0 where nothing more is asked."""
        if self._left_s > self._most_s:
            return self._most_s
        least_s = min(LEAST_S, self._most_s / SHARE)
        return max(least_s, round(self._left_s / SHARE, 2)) if self._left_s >= least_s else 0.0

    def spend(self, seconds: float) -> None:
        """Take off what a Program has taken that did not come to an end."""
        self._left_s = round(self._left_s - seconds, 6)

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
        self._step: BegunStatement | None = None
        self._runs = 0

    def is_needed(self, loaded: LoadResult, step: BegunStatement | None, *, alive: bool) -> bool:
        """Return whether to run again, for what stood above the step at which a run has stopped.

        Args:
            loaded: what came of the run.
            step: the last one that it had begun.
            alive: whether its process is there, and can be asked.
        """
        self._runs += 1
        if step is None or loaded.ended not in ("died", "timed out", "flooded"):
            return False
        self._step = step
        if self._first is None:
            self._first = loaded
        self.until = [step.cell, step.number]
        stays = alive and not loaded.threads
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


class RestartedRun:
    """A submission that runs in one process after another, as each is brought down.

    Attributes:
        current: its run, None where it has none.
        budget: what its Programs may take.
        hastily: whether a limit on time that is reached is a TakesLong.
        killed: why the grader is at fault for what is not asked; "" where it is not.
        request: to run it, up to what has stopped it before.
    """

    def __init__(
        self,
        launch: Callable[[], SandboxProcess],
        request: Mapping[str, object],
        limits: Limits,
    ) -> None:
        """Prepare; see `subject.Subject`."""
        self.current: SubmissionRun | None = None
        self.budget = TimeBudget(limits)
        self.hastily = False
        self.killed = ""
        self._launch = launch
        self.request = request
        self._limits = limits
        self._losses = self._kills = 0
        self._deaths = DeathBudget()

    def begin(self) -> None:
        """Start a process and have it run the submission, without waiting for it."""
        self.current = SubmissionRun(self._launch(), self._limits)
        self.current.begin(self.request)

    def load(self) -> LoadResult:
        """Run the submission, again up to what stops it where it stops; in the one just begun.

        Raises:
            TakesLong: it has not come to an end, and was asked in haste.
        """
        reruns = Reruns()
        while True:
            loaded, step = self._load_once()
            if loaded.ended == "timed out":
                if self.hastily:
                    raise TakesLong
                self.budget.spend_all_but_one()
            again = reruns.is_needed(loaded, step, alive=self.current is not None)
            if reruns.until is not None:
                self.request = {**self.request, "until": reruns.until}
            if not again:
                return reruns.result(loaded)
            self.close()

    def _load_once(self) -> tuple[LoadResult, BegunStatement | None]:
        """Run the submission once, and return what it had begun last."""
        while True:
            if self.current is None:
                self.begin()
            run = self.current
            assert run is not None
            try:
                return run.load(), run.step
            except LINE_FAULTS as error:
                end = self.bring_down(error, self._limits.load_s)
            if end is not None:
                return unfinished_load(end), run.step

    def spend(self, observation: Observation, seconds: float) -> None:
        """Count what a Program has taken that has not come to an end.

        Raises:
            TakesLong: it has not, and was asked in haste.
        """
        if observation.ended == "timed out":
            if self.hastily:
                raise TakesLong
            self.budget.spend(seconds)
        elif observation.ended in ("answered", "raised"):
            self._deaths.count(observation.ended)

    def reason_to_stop(self) -> Observation | None:
        """Return the Observation of all that is not asked any more, None where it is asked."""
        if self.killed:
            return KILLED
        if self._deaths.is_spent():
            return TOO_OFTEN
        return None if self.budget.seconds() else TOO_SLOW

    def bring_down(self, error: Exception, seconds: float) -> Observation | None:
        """End the process, and return its last Observation, None where it is to be asked again."""
        run, self.current = self.current, None
        assert run is not None
        try:
            end = run.bring_down(error, seconds)
            self._deaths.count(end.ended)
            return end
        except ProcessLost:
            self._losses += 1
            return BROUGHT_DOWN if self._losses > MOST_LOSSES else None
        except KilledFromOutside:
            self._kills += 1
            if self._kills <= MOST_KILLS:
                return None
            self.killed = KILLED_TWICE
            return KILLED

    def close(self) -> None:
        """End the process."""
        if self.current is not None:
            self.current.close()
            self.current = None
