"""An alarm in the student's process, which interrupts code that does not come to an end.

It rings again while student code swallows it. Code that cannot be interrupted is ended from
outside, and so is everything on Windows, which has no such alarm.
"""

import signal
from types import FrameType

from grader.execute import OutOfTime

RING_AGAIN_S = 0.2

_out_of_time: type[BaseException] = OutOfTime

if hasattr(signal, "setitimer"):
    _set_timer, _set_handler = signal.setitimer, signal.signal
    _timer, _alarm = signal.ITIMER_REAL, signal.SIGALRM

    def arm(seconds: float) -> None:
        """Raise OutOfTime in the main thread after `seconds`, and again until disarmed."""
        _set_handler(_alarm, _ring)
        _set_timer(_timer, seconds, RING_AGAIN_S)

    def disarm() -> None:
        """Take the alarm back, even while it rings."""
        try:
            _set_timer(_timer, 0.0)
        except _out_of_time:
            _set_timer(_timer, 0.0)

else:

    def arm(seconds: float) -> None:
        """Leave the deadline to the grader's process."""

    def disarm() -> None:
        """Leave the deadline to the grader's process."""


def _ring(_: int, __: FrameType | None) -> None:
    raise _out_of_time
