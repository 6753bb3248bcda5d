"""Measures a process from the moment it is ready: what it uses, and whether it is held up."""

from time import monotonic
from typing import Protocol

from grader.engines.observation import ResourceUse
from grader.sandbox.channel import CpuTimeout
from grader.sandbox.protocol.limits import PATIENCE
from grader.sandbox.usage import KILOBYTE, Usage


class MeasuredProcess(Protocol):
    """A process that can be measured."""

    def cpu_s(self) -> float | None:
        """Return the seconds of CPU that it has used; None where that is not known."""
        ...

    def queued_s(self) -> float:
        """Return the seconds that it has stood in the queue for a processor, 0 if not known."""
        ...

    def usage(self) -> Usage:
        """Return its usage, also when it has ended."""
        ...


class Meter:
    """The use that one process makes of the machine, in the turns that a submission has in it."""

    def __init__(self, process: MeasuredProcess, peak_kb: int | None = None) -> None:
        """Begin to measure.

        Args:
            process: that is ready.
            peak_kb: its memory at its largest by then, as it says, if it does. While nobody looks,
                on a busy machine, it goes on.
        """
        self._process = process
        self._started = monotonic()
        self._last = now = process.usage()
        self._first = now if peak_kb is None else now._replace(peak_kb=min(peak_kb, now.peak_kb))
        self._turn_cpu_s = self._first.cpu_s
        self._turn_passed_s = self._passed_s()

    def begin_turn(self) -> None:
        """Begin to count the CPU time of a turn."""
        self._turn_cpu_s = self._process.cpu_s()
        self._turn_passed_s = self._passed_s()

    def turn_s(self) -> float:
        """Return the CPU seconds of a turn so far; waiting counts a PATIENCE-th of its time."""
        waited_s = (self._passed_s() - self._turn_passed_s) / PATIENCE
        now = self._process.cpu_s()
        return max(waited_s, (now or 0.0) - (self._turn_cpu_s or 0.0))

    def patience(self, seconds: float, grace_s: float, turns: int = 1) -> CpuTimeout:
        """Return a deadline for so many turns of so many CPU seconds each.

        It is put off while the process could still keep it, up to PATIENCE times as long; time in
        which it stood in the queue for a processor is not counted.

        Args:
            seconds: of CPU, for each.
            grace_s: what may pass, or be used, besides.
            turns: how many have been begun since `begin_turn`.
        """
        latest = self._passed_s() + seconds * PATIENCE + grace_s

        def more_s() -> float:
            if self._has_computed(turns * seconds + grace_s):
                return 0.0
            return max(0.0, latest - self._passed_s())

        return CpuTimeout(seconds + grace_s, more_s)

    def deadline(self, seconds: float) -> CpuTimeout:
        """Return a deadline by a clock that stands still while the process is in the queue."""
        latest = self._passed_s() + seconds
        return CpuTimeout(seconds, lambda: max(0.0, latest - self._passed_s()))

    def has_waited(self, seconds: float) -> bool:
        """Return whether the turn is known to have used less CPU time than this."""
        return self._turn_cpu_s is not None and not self._has_computed(seconds)

    def use(self) -> ResourceUse:
        """Return the use that the process has made of the machine since it was ready."""
        most = self._most_usage()
        return ResourceUse(
            round(monotonic() - self._started, 2),
            round((most.cpu_s or 0.0) - (self._first.cpu_s or 0.0), 2),
            max(0, most.peak_kb - self._first.peak_kb) // KILOBYTE,
            max(0, most.written_kb - self._first.written_kb),
        )

    def _has_computed(self, seconds: float) -> bool:
        now = self._process.cpu_s()
        return now is not None and now - (self._turn_cpu_s or 0.0) >= seconds

    def _passed_s(self) -> float:
        """Return the seconds of a clock that stands still while the process is in the queue."""
        return monotonic() - self._process.queued_s()

    def _most_usage(self) -> Usage:
        """Return the most that has ever been seen: of one that has ended, some is told no more."""
        now, last = self._process.usage(), self._last
        cpu_s = last.cpu_s if now.cpu_s is None else max(now.cpu_s, last.cpu_s or 0.0)
        self._last = Usage(
            cpu_s, max(now.peak_kb, last.peak_kb), max(now.written_kb, last.written_kb)
        )
        return self._last
