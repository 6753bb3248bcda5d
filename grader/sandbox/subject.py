"""Asks Programs of a submission, through restarts, and returns an Observation for each.

Whatever the other process does, hang, die, print without end or speak out of turn, is an
Observation; nothing here raises because of it.
"""

import signal
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, Protocol

from grader.engines.encoding import Malformed, observation_from, program_to
from grader.engines.memo import Memo
from grader.engines.observation import Observation
from grader.engines.program import Program
from grader.sandbox.channel import Channel, ConnectionClosed, TimedOut
from grader.sandbox.limit_messages import (
    OUT_OF_MEMORY,
    explain_exit,
    has_waited,
    is_stopped,
    of_memory,
    printed,
    use_of,
)
from grader.sandbox.load_result import LoadResult, load_result
from grader.sandbox.meter import Meter
from grader.sandbox.protocol.limits import Limits, Tier
from grader.sandbox.protocol.wire import LOST_LINE, Encoded, encoded, listed
from grader.sandbox.usage import Usage
from grader.submissions.submission import Submission

if TYPE_CHECKING:
    from grader.sandbox.trace import Trace

GRACE_S = 1.0
DYING_S = 1.0
MOST_RESTARTS = 4
MOST_TIMED_OUT = 10
MOST_LOSSES = 1
KILLED = 9

TOO_OFTEN = Observation("not asked", detail="it had been started again too often")
TOO_SLOW = Observation("not asked", detail="too much before it did not come to an end")
NOT_AGAIN = Observation("not asked", detail="it could not be started again")
TOO_LATE = "its process was not ready after {:g} s"
BROUGHT_DOWN = Observation("died", detail="it brought down what runs submissions, twice")


class ProcessLost(Exception):
    """What made a world is gone, and the world with it; the submission may not be to blame."""


class SandboxProcess(Protocol):
    """A process that will run one submission.

    Attributes:
        channel: the line to it.
        start_s: seconds that it may take to get ready.
        grace_s: seconds that running the submission may take beyond its own.
    """

    channel: Channel
    start_s: float
    grace_s: float

    def end(self, patience_s: float = 0.0) -> int | None:
        """End the process, and everything in its group.

        Args:
            patience_s: how long to wait for it to end by itself.

        Returns:
            Its exit status, negative for a signal; None where it did not end by itself.

        Raises:
            Lost: what had made it is gone, too.
        """
        ...

    def cpu_s(self) -> float | None:
        """Return the seconds of CPU that it has used, None where that is not known."""
        ...

    def usage(self) -> Usage:
        """Return what the process has used, as far as that is known; also when it has ended."""
        ...


class AskOptions(NamedTuple):
    """How Programs are put to a submission.

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
    """One submission in a world of its own, started again where a Program brings it down."""

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
            launch: gives a world that is not used yet.
            request: see `request_for`.
            limits: what the submission may use.
            isolation: the tier of the walls around the worlds.
            encoded: Programs as they travel, from other submissions too.
        """
        self.isolation = isolation
        self._encoded = encoded or Memo()
        self._launch = launch
        self._request = request
        self._limits = limits
        self._world: SandboxProcess | None = None
        self._begun: SandboxProcess | None = None
        self._meter: Meter | None = None
        self._loaded: LoadResult | None = None
        self._losses = 0

    def begin(self) -> None:
        """Start a world and have it run the submission, without waiting for it."""
        self._world = self._launch()
        self._begun = self._world
        with suppress(
            ConnectionClosed, Malformed, TimedOut
        ):  # `load` will find the same, and say it
            self._world.channel.request(self._request, self._world.start_s)

    def load(self) -> LoadResult:
        """Run the submission, once: a track asks one submission many exercises."""
        if self._loaded is None:
            self._loaded = self._run()
        return self._loaded

    def _run(self) -> LoadResult:
        """Run the submission in a new world, or in the one just begun; say what came of that."""
        if self._begun is None:
            self.begin()
        world = self._begun
        assert world is not None
        self._begun = None
        try:
            if world.channel.reply(Meter(world).deadline(world.start_s)) != {"ready": True}:
                raise Malformed("replied before it was ready")
            self._meter = Meter(world)
            patience = self._meter.patience(self._limits.load_s, world.grace_s)
            return self._explained(load_result(world.channel.reply(patience)))
        except (TimedOut, ConnectionClosed, Malformed) as error:
            ended = self._bring_down(error, self._limits.load_s)
            return (
                LoadResult(ended.ended, detail=ended.detail, use=ended.use)
                if ended
                else self._run()
            )

    def _explained(self, loaded: LoadResult) -> LoadResult:
        """Return what is known of a run, with what it had used where a limit stopped it."""
        faults = [mishap.fault for mishap in loaded.mishaps]
        short = any(fault.type.endswith(OUT_OF_MEMORY) for fault in faults)
        if self._meter is None or (loaded.ended in ("ran", "raised") and not short):
            return loaded
        use = self._meter.use()
        mishaps = tuple(
            one._replace(fault=of_memory(one.fault, self._limits, use)) for one in loaded.mishaps
        )
        says = {
            "timed out": use_of(self._limits.load_s, waited=any(map(has_waited, faults))),
            "flooded": printed(self._limits),
        }
        return loaded._replace(mishaps=mishaps, detail=says.get(loaded.ended, ""), use=use)

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
        restarts = timed_out = 0
        stop: Observation | None = None
        while left and stop is None:
            if self._world is None:
                stop = self._start_again(restarts)
                restarts += 1
                continue
            left, last = self._ask_some(left, programs, asked, done)
            left = [key for key in left if wanted(key)]
            timed_out += last.ended == "timed out"
            if last.ended == "violated":
                stop = last
            elif timed_out == MOST_TIMED_OUT:
                stop = TOO_SLOW
        for key in left:
            done(key, stop or NOT_AGAIN)

    def trace(self) -> "Trace":
        """Return what the submission's run left behind, an empty Trace where it cannot be had."""
        from grader.sandbox.trace import Trace, trace_from  # most exercises do not ask for it

        try:
            self._channel().request({"trace": True}, self._limits.program_s)
            reply = self._channel().reply(self._limits.program_s + GRACE_S)
            return trace_from(reply.get("trace"))
        except (TimedOut, ConnectionClosed, Malformed) as error:
            if self._world is None or self._bring_down(error, self._limits.program_s):
                return Trace()
            self._run()
            return self.trace()

    def trace_on(self, name: str, engine: str) -> "Trace":
        """Run the submission again with another engine, and return what that run leaves behind.

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
        """End the submission's world."""
        if self._world is not None:
            self._world.end()
            self._world = None

    def _start_again(self, restarts: int) -> Observation | None:
        """Run the submission in a new world; return what to say where that does not go on."""
        if restarts == MOST_RESTARTS:
            return TOO_OFTEN
        self._run()
        return NOT_AGAIN if self._world is None else None

    def _ask_some(
        self,
        keys: Sequence[str],
        programs: Mapping[str, Program],
        asked: AskOptions,
        done: Callable[[str, Observation], None],
    ) -> tuple[list[str], Observation]:
        """Ask Programs in one message until one does not end; return what is left, and the last."""
        left, observation = list(keys), NOT_AGAIN
        message = {
            "given": asked.given,
            "accepts": asked.accepts,
            "data": asked.data,
            "forbids": asked.forbids,
            "programs": listed(self._encoded.of(programs[key], _travelling) for key in keys),
        }
        try:
            self._channel().request(message, self._limits.program_s)
            for observation in self._observations([programs[key] for key in keys]):
                done(left.pop(0), observation)
        except (TimedOut, ConnectionClosed, Malformed) as error:
            ended = self._bring_down(error, self._limits.program_s)
            if left and ended:
                observation = ended
                done(left.pop(0), observation)
        return left, observation

    def _observations(self, programs: Sequence[Program]) -> Iterable[Observation]:
        meter, seconds = self._meter, self._limits.program_s
        assert meter is not None
        meter.begin_turn()
        for number, program in enumerate(programs):
            reply = self._channel().reply(meter.patience(seconds, GRACE_S, number + 1))
            if reply.pop("number", None) != number:
                raise Malformed("replied out of order")
            observation = observation_from(reply, program)
            if is_stopped(observation):
                observation = explain_exit(observation, self._limits, meter.use())
            yield observation
            if observation.ended == "timed out":
                break
        if self._channel().reply(meter.deadline(GRACE_S)) != {"number": -1}:
            raise Malformed("replied more often than it was asked")

    def _channel(self) -> Channel:
        if self._world is None:
            raise ConnectionClosed
        return self._world.channel

    def _bring_down(self, error: Exception, seconds: float) -> Observation | None:
        """End the world.

        Args:
            error: why.
            seconds: of CPU, which the submission could use in this turn.

        Returns:
            How it came to that; None where that cannot be said, and it is to be asked once more.
        """
        assert self._world is not None
        world, meter = self._world, self._meter
        self._world = self._meter = None
        waited = meter is not None and meter.has_waited(seconds)
        try:
            status = world.end(DYING_S if isinstance(error, ConnectionClosed) else 0.0)
        except ProcessLost:
            self._losses += 1
            return BROUGHT_DOWN if self._losses > MOST_LOSSES else None
        use = meter.use() if meter else None
        if isinstance(error, Malformed):
            return Observation("violated", detail=str(error), use=use)
        if isinstance(error, TimedOut):
            says = use_of(seconds, waited=waited) if meter else TOO_LATE.format(world.start_s)
            return Observation("timed out", detail=says, use=use)
        killed = status == -KILLED and use is not None and use.cpu_s >= self._limits.cpu_s
        if status == -_CPU or killed:  # the first process of a namespace gets no other signal
            return Observation(
                "timed out", detail=use_of(self._limits.cpu_s, waited=False), use=use
            )
        if status in (None, LOST_LINE):
            return Observation("violated", detail="closed its line to the grader", use=use)
        return Observation("died", detail=_status(status), use=use)


def _travelling(program: Program) -> Encoded:
    return encoded(program_to(program))


_CPU = getattr(signal, "SIGXCPU", 0)


def request_for(
    submission: Submission, limits: Limits, site: Sequence[str], root: str
) -> dict[str, object]:
    """Return the message that has a world run `submission`.

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


def _status(status: int) -> str:
    if status >= 0:
        return f"its process ended by itself, with exit status {status}"
    try:
        return f"its process was ended by {signal.Signals(-status).name}"
    except ValueError:
        return f"its process was ended by signal {-status}"
