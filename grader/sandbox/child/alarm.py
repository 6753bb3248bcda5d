"""An alarm in the student's process, which interrupts code that does not come to an end.

It rings by the CPU time that the code has used, so that a busy machine costs nobody a point, and by
the clock much later, for code that waits. It rings again while student code swallows it. Code that
cannot be interrupted is ended from outside, and so is everything on Windows, which has no alarm.
"""

import signal
from time import process_time
from types import FrameType
from typing import Any

from grader.engines.interpreter.execute import OutOfTime
from grader.sandbox.protocol.limits import PATIENCE, WAITING

RING_AGAIN_S = 0.2
TICK_S = 0.004


def _without_enums(function: Any) -> Any:
    """Return the function that is wrapped to make enumerations: those cost more than a turn."""
    return getattr(function, "__wrapped__", function)


_out_of_time: type[BaseException] = OutOfTime
_cpu_s = process_time
_until = [0.0]  # of this process's CPU time

if hasattr(signal, "setitimer"):
    _set_timer, _set_handler = signal.setitimer, _without_enums(signal.signal)
    _by_cpu, _used_up = signal.ITIMER_PROF, int(signal.SIGPROF)
    _by_clock, _waited = signal.ITIMER_REAL, int(signal.SIGALRM)

    def arm(seconds: float) -> None:
        """Raise OutOfTime in the main thread after `seconds` of CPU, and again until disarmed."""
        _until[0] = _cpu_s() + seconds
        _set_handler(_used_up, _ring)
        _set_handler(_waited, _ring_by_the_clock)
        _set_timer(_by_cpu, seconds, RING_AGAIN_S)
        _set_timer(_by_clock, seconds * PATIENCE, RING_AGAIN_S)

    def disarm() -> None:
        """Take the alarm back, even while it rings."""
        try:
            _quiet()
        except _out_of_time:
            _quiet()

    def _quiet() -> None:
        _set_timer(_by_cpu, 0.0)
        _set_timer(_by_clock, 0.0)

else:

    def arm(seconds: float) -> None:
        """Leave the deadline to the grader's process."""

    def disarm() -> None:
        """Leave the deadline to the grader's process."""


def _ring(_: int, __: FrameType | None) -> None:
    left = _until[0] - _cpu_s()
    if left > TICK_S:  # the timer counts ticks, which is off by much where the machine is busy
        _set_timer(_by_cpu, left, RING_AGAIN_S)
        return
    raise _out_of_time


def _ring_by_the_clock(_: int, __: FrameType | None) -> None:
    raise _out_of_time(WAITING)
