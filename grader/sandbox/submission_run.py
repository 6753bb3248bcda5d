"""A submission in one process, from the request to run it to the end of the process.

What goes wrong on the line is raised here, and becomes an Observation when the process is ended.
"""

import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from grader.engines.encoding import Malformed, observation_from
from grader.engines.observation import Observation, ResourceUse
from grader.engines.program import Program
from grader.sandbox.channel import Channel, ConnectionClosed, TimedOut
from grader.sandbox.limit_messages import (
    explain_exit,
    explain_load,
    is_load_stopped,
    is_stopped,
    use_of,
)
from grader.sandbox.load_result import BegunStatement, LoadResult, load_result, step_from
from grader.sandbox.meter import Meter
from grader.sandbox.protocol.limits import AFTERWARDS_S, Limits
from grader.sandbox.protocol.wire import LOST_LINE
from grader.sandbox.usage import Usage

if TYPE_CHECKING:
    from grader.sandbox.recording.record import Record
    from grader.sandbox.trace import Trace

GRACE_S = 0.5  # for its own alarm to ring once more, and to say what was stopped
READING_S = 1.0  # by the clock, for a message to be taken
DYING_S = 1.0
KILLED = 9
HUNGRY = 4  # that part of the memory that it may have is much, and never needed for an engine
LAST_SIGNAL = 64
SIGNALLED = 128  # more than the signal's number is the status where one was sent to itself
TOO_LATE = "its process was not ready after {:g} s"
LINE_FAULTS = (TimedOut, ConnectionClosed, Malformed)

_CPU = getattr(signal, "SIGXCPU", 0)


class ProcessLost(Exception):
    """A process is gone with what had made it; the submission may not be the cause."""


class KilledFromOutside(Exception):
    """Somebody has killed a process, the system for want of memory say, and not the submission."""


class EditedAnswers(NamedTuple):
    """The answers of edits of a submission, which are no more than that.

    Attributes:
        observations: of each edit, one after another, up to the first that is stopped.
        slow: how many took long, as the process says.
        seconds: of CPU, that all of it took.
    """

    observations: list[Observation]
    slow: int
    seconds: float


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
            ProcessLost: what had made it is gone, too.
        """
        ...

    def cpu_s(self) -> float | None:
        """Return the seconds of CPU that it has used, None where that is not known."""
        ...

    def queued_s(self) -> float:
        """Return how long the process has stood in the queue for a processor, 0 if not known."""
        ...

    def usage(self) -> Usage:
        """Return the usage of the process, as far as that is known; also when it has ended."""
        ...


class SubmissionRun:
    """A submission that runs, or has run, in a process of its own.

    Attributes:
        step: the last one that it has begun, as it says; None where it has not begun, or has run.
    """

    def __init__(self, process: SandboxProcess, limits: Limits) -> None:
        self._process, self._limits, self._grace_s = process, limits, process.grace_s
        self._meter: Meter | None = None  # from when the process is ready
        self.step: BegunStatement | None = None

    def begin(self, request: Mapping[str, object]) -> None:
        """Have the process run the submission, without waiting for it."""
        if request.get("kind") == "notebook":
            self._grace_s += AFTERWARDS_S
        with suppress(*LINE_FAULTS):  # `load` will find the same, and say it
            self._process.channel.request(request, self._process.start_s)

    def load(self, record: "Record | None" = None) -> LoadResult:
        """Return the result of running the submission, once it has run.

        Args:
            record: takes what the run does, where it was begun to be recorded.

        Raises:
            LINE_FAULTS: it has not come to its end, or said something else.
        """
        process = self._process
        ready = process.channel.reply(Meter(process).deadline(process.start_s))
        self._meter = Meter(process, _peak_kb_in(ready))
        patience = self._meter.patience(self._limits.load_s, self._grace_s)
        reply = process.channel.reply(patience)
        while record is not None or "at" in reply:
            if "at" in reply:
                self.step = step_from(reply["at"])
            elif record is None or not _take(reply, record, process.channel, self._limits):
                break
            if not patience.left():
                raise TimedOut
            reply = process.channel.reply(patience)
        loaded = load_result(reply)
        if is_load_stopped(loaded):
            return explain_load(loaded, self._limits, self._meter.use())
        return loaded

    def observations(
        self, message: Mapping[str, object], programs: Sequence[Program], seconds: float
    ) -> Iterator[Observation]:
        """Put Programs in one message, and yield Observations until one does not end.

        Args:
            message: the request that holds them.
            programs: the same, in their order.
            seconds: of CPU, that each may take.

        Raises:
            LINE_FAULTS: what came back is no such Observation.
        """
        channel, meter = self._process.channel, self._meter
        limits = self._limits._replace(program_s=seconds)
        channel.request({**message, "seconds": seconds}, READING_S + seconds)
        assert meter is not None
        meter.begin_turn()
        for number, program in enumerate(programs):
            reply = channel.reply(meter.patience(seconds, GRACE_S, number + 1))
            if reply.pop("number", None) != number:
                raise Malformed("replied out of order")
            observation = observation_from(reply, program)
            if is_stopped(observation):
                observation = explain_exit(observation, limits, meter.use())
            yield observation
            if observation.ended == "timed out":
                break
        if channel.reply(meter.deadline(READING_S)) != {"number": -1}:
            raise Malformed("replied more often than it was asked")

    def edited_observations(
        self, message: Mapping[str, object], programs: Sequence[Program], seconds: float
    ) -> EditedAnswers:
        """Put Programs to edits of the submission, and return what comes of it.

        Args:
            message: the request that holds both.
            programs: in the order in which they are answered.
            seconds: of CPU, that each may take; the first that is stopped is the last.

        Raises:
            LINE_FAULTS: what came back are no such Observations.
        """
        channel, meter = self._process.channel, self._meter
        channel.request({**message, "seconds": seconds}, READING_S + self._limits.program_s)
        assert meter is not None
        meter.begin_turn()
        reply = channel.reply(meter.patience(self._limits.program_s, GRACE_S))
        answers, slow = reply.get("answers"), reply.get("slow")
        if not isinstance(answers, list) or len(answers) > len(programs) or type(slow) is not int:
            raise Malformed("replied with something else than was asked")
        observations = [
            observation_from(plain, program)
            for plain, program in zip(answers, programs, strict=False)
        ]
        return EditedAnswers(observations, max(0, slow), meter.turn_s())

    def trace(self) -> "Trace":
        """Return the Trace of the run.

        Raises:
            LINE_FAULTS: what came back is none.
        """
        from grader.sandbox.trace import trace_from  # most exercises do not ask for it

        self._process.channel.request({"trace": True}, self._limits.program_s)
        reply = self._process.channel.reply(self._limits.program_s + READING_S)
        return trace_from(reply.get("trace"))

    def close(self) -> None:
        """End the process, whatever it does."""
        self._process.end()

    def bring_down(self, error: Exception, seconds: float) -> Observation:
        """End the process, and return the Observation of that end.

        Args:
            error: the fault on the line for which it is ended.
            seconds: of CPU, which the submission could use in this turn.

        Raises:
            ProcessLost: what had made the process is gone, too.
            KilledFromOutside: it did not end by itself.
        """
        meter, limits = self._meter, self._limits
        waited = meter is not None and meter.has_waited(seconds)
        status = self._process.end(DYING_S if isinstance(error, ConnectionClosed) else 0.0)
        use = meter.use() if meter else None
        if isinstance(error, Malformed):
            return Observation("violated", detail=str(error), use=use)
        if isinstance(error, TimedOut):
            late = TOO_LATE.format(self._process.start_s)
            says = use_of(seconds, waited=waited) if meter else late
            return Observation("timed out", detail=says, use=use)
        if _is_cpu_limit(status, use, limits):
            says = use_of(limits.cpu_s, waited=False)
            return Observation("timed out", detail=says, use=use)
        if status == -KILLED and not _is_hungry(use, limits):
            raise KilledFromOutside
        if status in (None, LOST_LINE):
            return Observation("violated", detail="closed its line to the grader", use=use)
        return Observation("died", detail=_status(status), use=use)


def _peak_kb_in(ready: Mapping[str, Any]) -> int:
    """Return what a process that is ready has used of memory by then.

    Raises:
        Malformed: it says something else.
    """
    peak_kb = ready.get("ready")
    if type(peak_kb) is not int or len(ready) != 1:
        raise Malformed("replied before it was ready")
    return peak_kb


def _is_cpu_limit(status: int | None, use: ResourceUse | None, limits: Limits) -> bool:
    """Return whether the system has ended a process for the CPU time that it used."""
    # The first process of a namespace gets no other signal than KILLED.
    killed = status == -KILLED and use is not None and use.cpu_s >= limits.cpu_s
    return status == -_CPU or killed


def _is_hungry(use: ResourceUse | None, limits: Limits) -> bool:
    """Return whether a process had taken so much memory that it may have been killed for that."""
    return use is not None and use.peak_mb * HUNGRY > limits.memory_mb


def _status(status: int) -> str:
    if SIGNALLED < status <= SIGNALLED + LAST_SIGNAL:
        status = SIGNALLED - status
    if status >= 0:
        return f"its process ended by itself, with exit status {status}"
    try:
        return f"its process was ended by {signal.Signals(-status).name}"
    except ValueError:
        return f"its process was ended by signal {-status}"


def _take(reply: Mapping[str, Any], record: "Record", channel: Channel, limits: Limits) -> bool:
    """Record what a run has done, and answer it; return whether a reply is of that.

    Raises:
        Malformed: it cannot be recorded.
    """
    if "entries" not in reply:
        return False
    answer = record.take(reply["entries"])
    if record.unfit:
        raise Malformed(record.unfit)
    if reply.get("wants") is True:
        channel.answer({"answer": answer}, limits.load_s)
    return True
