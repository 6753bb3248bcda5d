"""Asks Programs of a submission, through restarts, and returns an Observation for each.

Whatever the other process does, hang, die, print without end or speak out of turn, is an
Observation; nothing here raises because of it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from grader.engines.encoding import program_to
from grader.engines.memo import Memo
from grader.engines.observation import Observation
from grader.engines.program import Program
from grader.sandbox.load_result import LoadResult, unfinished_load
from grader.sandbox.protocol.limits import Limits, Tier
from grader.sandbox.protocol.wire import Encoded, encoded, listed
from grader.sandbox.restarts import NOT_AGAIN, Restarts
from grader.sandbox.submission_run import LINE_FAULTS, ProcessLost, SandboxProcess, SubmissionRun
from grader.submissions.submission import Submission

if TYPE_CHECKING:
    from grader.sandbox.trace import Trace

MOST_LOSSES = 1
BROUGHT_DOWN = Observation("died", detail="it brought down what runs submissions, twice")


class AskOptions(NamedTuple):
    """The names and rules under which Programs are put to a submission.

    Attributes:
        given: the name a check uses → the submission's own name for it.
        accepts: method Python looks for → other names taken for it.
        data: "any" where an object may keep its number and its gradient under other names.
        forbids: packages that what is given must not use; where it does, the Observation says so.
    """

    given: Mapping[str, str]
    accepts: Mapping[str, tuple[str, ...]]
    data: str = "data"
    forbids: tuple[str, ...] = ()


class Subject:
    """One submission in a process of its own, started again where a Program brings it down."""

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
        self._losses = 0
        self._starts_over = False

    def begin(self) -> None:
        """Start a process and have it run the submission, without waiting for it."""
        self._run = SubmissionRun(self._launch(), self._limits)
        self._run.begin(self._request)

    def load(self) -> LoadResult:
        """Run the submission, once: a track asks one submission many exercises."""
        if self._loaded is None:
            self._loaded = self._load_anew()
        return self._loaded

    def _load_anew(self) -> LoadResult:
        """Run the submission in a new process, or in the one just begun."""
        if self._run is None:
            self.begin()
        assert self._run is not None
        try:
            return self._run.load()
        except LINE_FAULTS as error:
            end = self._bring_down(error, self._limits.load_s)
            return unfinished_load(end) if end else self._load_anew()

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
        """
        left = [key for key in programs if wanted(key)]
        restarts = Restarts()
        while left and restarts.stop is None:
            if self._run is None:
                if restarts.may_start():
                    self._load_anew()
                    restarts.fail_unless(self._run is not None)
                continue
            left, last = self._ask_some(left, programs, asked, done)
            left = [key for key in left if wanted(key)]
            restarts.count(last)
        for key in left:
            done(key, restarts.stop or NOT_AGAIN)

    def trace(self) -> "Trace":
        """Return the Trace of the submission's run, an empty one where it cannot be had."""
        from grader.sandbox.trace import Trace  # most exercises do not ask for it

        if self._run is None and self._starts_over:
            self._load_anew()
        if self._run is None:
            return Trace()
        try:
            return self._run.trace()
        except LINE_FAULTS as error:
            if self._bring_down(error, self._limits.program_s):
                return Trace()
            self._load_anew()
            return self.trace()

    def trace_on_right_engine(self, name: str, *, zeroes: bool = False) -> "Trace | None":
        """Run it again, recorded on an engine of the grader's; see `recorded_run`."""
        from grader.sandbox.recording.recorded_run import recorded_run  # few runs need it

        loaded, request = self.load(), {**self._request, "record": [name, zeroes]}
        return recorded_run(self._launch(), request, self._limits, loaded)

    def start_over(self) -> None:
        """Put whatever comes next to a new process, which knows nothing of what this one was asked.

        Nothing is started before something is asked.
        """
        self.close()
        self._starts_over = True

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
        message = {**asked._asdict(), "programs": listed(travelling)}
        try:
            for observation in self._run.observations(message, [programs[key] for key in keys]):
                done(left.pop(0), observation)
        except LINE_FAULTS as error:
            end = self._bring_down(error, self._limits.program_s)
            if left and end:
                observation = end
                done(left.pop(0), observation)
        return left, observation

    def _bring_down(self, error: Exception, seconds: float) -> Observation | None:
        """End the process, and return its last Observation, None where it is to be asked again."""
        assert self._run is not None
        run, self._run = self._run, None
        try:
            return run.bring_down(error, seconds)
        except ProcessLost:
            self._losses += 1
            return BROUGHT_DOWN if self._losses > MOST_LOSSES else None


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
