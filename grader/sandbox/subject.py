"""Asks Programs of a submission, through restarts, and returns an Observation for each.

Whatever the other process does, hang, die, print without end or speak out of turn, is an
Observation; nothing here raises because of it.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from grader.engines.encoding import program_to
from grader.engines.memo import Memo
from grader.engines.observation import Observation
from grader.engines.program import Program
from grader.sandbox.load_result import LoadResult, unfinished_load
from grader.sandbox.protocol.limits import Limits, Tier
from grader.sandbox.protocol.wire import Encoded, encoded, listed
from grader.sandbox.restarts import NOT_AGAIN, TOO_SLOW, Reruns, Restarts, TimeBudget
from grader.sandbox.submission_run import (
    GRACE_S,
    LINE_FAULTS,
    KilledFromOutside,
    ProcessLost,
    SandboxProcess,
    SubmissionRun,
)
from grader.submissions.submission import Submission

if TYPE_CHECKING:
    from grader.sandbox.load_result import Step
    from grader.sandbox.trace import Trace

MOST_LOSSES = MOST_KILLS = 1
BROUGHT_DOWN = Observation("died", detail="it brought down what runs submissions, twice")
KILLED_TWICE = "its process was killed twice, and not by itself: see whether memory is left here"
KILLED = Observation("not asked", detail=KILLED_TWICE)


class TakesLong(Exception):
    """A submission that was asked in haste does not come to an end at once; it may, in time."""


class AskOptions(NamedTuple):
    """The names and rules under which Programs are put to a submission.

    Attributes:
        given: the name a check uses → the submission's own name for it.
        accepts: method Python looks for → other names taken for it.
        data: "any" where an object may keep its number and its gradient under other names.
        forbids: packages that what is given must not use; where it does, the Observation says so.
        versions: the name of a class of which there are several → the number of the one to ask.
    """

    given: Mapping[str, str]
    accepts: Mapping[str, tuple[str, ...]]
    data: str = "data"
    forbids: tuple[str, ...] = ()
    versions: Mapping[str, int] = MappingProxyType({})


class Subject:
    """One submission in a process of its own, started again where it is brought down.

    Attributes:
        isolation: the tier of the walls around it.
        hastily: whether a limit on time that is reached is a TakesLong.
        killed: why the grader is at fault for what is not asked; "" where it is not.
    """

    def __init__(
        self,
        launch: Callable[[], SandboxProcess],
        request: Mapping[str, object],
        limits: Limits,
        isolation: Tier = "limits",
        encoded: Memo[Program, Encoded] | None = None,
    ) -> None:
        """Prepare.

        Args:
            launch: gives a process that is not used yet.
            request: see `request_for`.
            limits: what the submission may use.
            isolation: the tier of the walls around the processes.
            encoded: Programs as they travel, from other submissions too.
        """
        self.isolation = isolation
        self._encoded = encoded or Memo()
        self._launch = launch
        self._request = request
        self._limits = limits
        self._run: SubmissionRun | None = None
        self._loaded: LoadResult | None = None
        self._losses = self._kills = 0
        self._budget = TimeBudget(limits)
        self.hastily = False
        self.killed = ""

    def begin(self) -> None:
        """Start a process and have it run the submission, without waiting for it."""
        self._run = SubmissionRun(self._launch(), self._limits)
        self._run.begin(self._request)

    def load(self) -> LoadResult:
        """Run the submission, once: a track asks one submission many exercises.

        Raises:
            TakesLong: it has not come to an end, and was asked in haste.
        """
        if self._loaded is None:
            self._loaded = self._load_anew()
            if self._loaded.ended == "timed out":
                self._budget.spend_all_but_one()
        return self._loaded

    def _load_anew(self) -> LoadResult:
        """Run the submission, again up to what stops it where it stops; in the one just begun."""
        reruns = Reruns()
        while True:
            loaded, step = self._load_once()
            if loaded.ended == "timed out" and self.hastily:
                raise TakesLong
            again = reruns.is_needed(loaded, step)
            if reruns.until is not None:
                self._request = {**self._request, "until": reruns.until}
            if not again:
                return reruns.result(loaded)
            self.close()

    def _load_once(self) -> "tuple[LoadResult, Step | None]":
        """Run the submission in a new process, and return what it had begun last."""
        end = None
        while end is None:
            if self._run is None:
                self.begin()
            assert self._run is not None
            run = self._run
            try:
                return run.load(), run.step
            except LINE_FAULTS as error:
                end = self._bring_down(error, self._limits.load_s)
        return unfinished_load(end), run.step

    def ask(
        self,
        programs: Mapping[str, Program],
        asked: AskOptions,
        wanted: Callable[[str], bool],
        done: Callable[[str, Observation], None],
    ) -> None:
        """Ask every Program that is wanted, and hand over each Observation as it arrives.

        Args:
            programs: id → Program, asked in this order, in one message if nothing goes wrong.
            asked: names, on both sides.
            wanted: whether an id is still worth asking, consulted after each one that did not end.
            done: receives the id and its Observation.

        Raises:
            TakesLong: one has not come to an end, and was asked in haste.
        """
        left = [key for key in programs if wanted(key)]
        restarts = Restarts()
        restarts.stop = self._reason_to_stop()
        while left and restarts.stop is None:
            if self._run is None:
                if restarts.may_start():
                    self._load_anew()
                    restarts.fail_unless(self._run is not None)
                continue
            left, last = self._ask_some(left, programs, asked, done)
            left = [key for key in left if wanted(key)]
            restarts.count(last)
            restarts.stop = restarts.stop or self._reason_to_stop()
        for key in left:
            done(key, restarts.stop or NOT_AGAIN)

    def _reason_to_stop(self) -> Observation | None:
        """Return the Observation of all that is not asked any more, None where it is asked."""
        if self.killed:
            return KILLED
        return None if self._budget.seconds() else TOO_SLOW

    def trace(self) -> "Trace":
        """Return the Trace of the submission's run, an empty one where it cannot be had."""
        from grader.sandbox.trace import Trace  # most exercises do not ask for it

        if self._run is None:
            return Trace()
        try:
            return self._run.trace()
        except LINE_FAULTS as error:
            if self._bring_down(error, self._limits.program_s):
                return Trace()
            self._load_anew()
            return self.trace()

    def trace_on(self, name: str, engine: str) -> "Trace":
        """Run the submission again with another engine, and return the Trace of that run.

        Args:
            name: of the class that gets a substitute, wherever the submission defines it.
            engine: the source of the substitute.
        """
        request = {**self._request, "instead": {name: engine}}
        again = Subject(self._launch, request, self._limits, self.isolation, self._encoded)
        try:
            again.load()
            return again.trace()
        finally:
            again.close()

    def close(self) -> None:
        """End the submission's process."""
        if self._run is not None:
            self._run.close()
            self._run = None

    def _ask_some(
        self,
        keys: Sequence[str],
        programs: Mapping[str, Program],
        asked: AskOptions,
        done: Callable[[str, Observation], None],
    ) -> tuple[list[str], Observation]:
        """Ask Programs in one message until one does not end; return what is left, and the last."""
        assert self._run is not None
        left, observation = list(keys), NOT_AGAIN
        travelling = (self._encoded.of(programs[key], _travelling) for key in keys)
        message = {
            **asked._asdict(),
            "versions": dict(asked.versions),
            "programs": listed(travelling),
        }
        each, seconds = [programs[key] for key in keys], self._budget.seconds()
        try:
            for observation in self._run.observations(message, each, seconds):
                self._spend(observation, seconds)
                done(left.pop(0), observation)
        except LINE_FAULTS as error:
            end = self._bring_down(error, seconds)
            if left and end:
                observation = end
                self._spend(observation, seconds + GRACE_S)
                done(left.pop(0), observation)
        return left, observation

    def _spend(self, observation: Observation, seconds: float) -> None:
        if observation.ended == "timed out":
            if self.hastily:
                raise TakesLong
            self._budget.spend(seconds)

    def _bring_down(self, error: Exception, seconds: float) -> Observation | None:
        """End the process, and return its last Observation, None where it is to be asked again."""
        assert self._run is not None
        run, self._run = self._run, None
        try:
            return run.bring_down(error, seconds)
        except ProcessLost:
            self._losses += 1
            return BROUGHT_DOWN if self._losses > MOST_LOSSES else None
        except KilledFromOutside:
            self._kills += 1
            if self._kills <= MOST_KILLS:
                return None
            self.killed = KILLED_TWICE
            return KILLED


def _travelling(program: Program) -> Encoded:
    return encoded(program_to(program))


def request_for(
    submission: Submission, limits: Limits, site: Sequence[str], root: str
) -> dict[str, object]:
    """Return the request that has a process run `submission`.

    Args:
        submission: one that is `packed` brings its files along.
        limits: what it may use.
        site: the folders where packages are installed.
        root: the folder that holds the grader, which it must not see.
    """
    return {
        "kind": submission.kind,
        "name": submission.name,
        "folder": submission.folder,
        "source": submission.source if submission.kind == "script" else list(submission.cells),
        "limits": list(limits),
        "site": list(site),
        "root": root,
        "files": _parcel(submission),
    }


def _parcel(submission: Submission) -> list[list[str]]:
    if submission.folder or not submission.beside:  # where it has a folder, they lie in it
        return []
    from grader.sandbox.protocol.file_transfer import wrap

    return wrap(submission.beside)
