"""An alarm in the student's process, which interrupts code that does not come to an end.

It rings by the CPU time that the code has used, and much later by the clock, for code that waits;
neither goes on while others have the processor, so that a busy machine costs nobody a point. Code
that catches the interruption is interrupted at its next step too, until nothing of the student's
runs: what comes of a turn depends on how long it took, never on where the alarm found it. Code that
cannot be interrupted (it blocks signals, stops its process or stays in C) is ended from outside,
and so is everything on Windows, which has no alarm.
"""

import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from time import process_time
from types import FrameType
from typing import Any, NamedTuple

from grader.engines.interpreter.execute import OutOfTime
from grader.sandbox.child.run_queue import passed_s
from grader.sandbox.protocol.limits import PATIENCE, WAITING

RING_AGAIN_S = 0.2
TICK_S = 0.004
AT_ONCE_S = 1e-6
LONGEST_TICK_S = 0.05


class _Turn(NamedTuple):
    """A student's turn: when it is over, and which frames are theirs."""

    until_cpu_s: float  # of this process's CPU time
    until_s: float  # of the clock that stands still in the queue
    student_file: Callable[[str], object]
    around: FrameType | None


def _without_enums(function: Any) -> Any:
    """Return the function that is wrapped to make enumerations: those cost more than a turn."""
    return getattr(function, "__wrapped__", function)


_out_of_time: type[BaseException] = OutOfTime
_cpu_s, _passed_s, _frame = process_time, passed_s, sys._getframe
_turn: list[_Turn | None] = [None]
_insists: list[str] = []  # what the interruption says that is repeated, while it is

if hasattr(signal, "setitimer"):
    _set_timer, _set_handler = signal.setitimer, _without_enums(signal.signal)
    _mask, _pending = _without_enums(signal.pthread_sigmask), _without_enums(signal.sigpending)
    _block, _let = int(signal.SIG_BLOCK), int(signal.SIG_UNBLOCK)
    _by_cpu, _used_up = signal.ITIMER_PROF, int(signal.SIGPROF)
    _by_clock, _waited = signal.ITIMER_REAL, int(signal.SIGALRM)

    def arm(seconds: float, student_file: Callable[[str], object]) -> None:
        """Raise OutOfTime in the main thread after `seconds` of CPU, and again until disarmed.

        Args:
            seconds: of CPU; PATIENCE times as many may pass.
            student_file: gives something for the file of a student's code, None for another.
        """
        _insists.clear()
        _turn[0] = _Turn(
            _cpu_s() + seconds, _passed_s() + seconds * PATIENCE, student_file, _frame(2)
        )
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
        _turn[0] = None
        _set_timer(_by_cpu, 0.0)
        _set_timer(_by_clock, 0.0)

else:

    def arm(seconds: float, student_file: Callable[[str], object]) -> None:
        """Leave the deadline to the grader's process."""

    def disarm() -> None:
        """Leave the deadline to the grader's process."""


def _ring(_: int, frame: FrameType | None) -> None:
    turn = _turn[0]
    if turn is None:
        return
    if _insists:
        says = _insists.pop()
        if _is_theirs(frame, turn):
            _insist(says)
        return
    left = turn.until_cpu_s - _cpu_s()
    if left > TICK_S:  # the timer counts ticks, which is off by much where the machine is busy
        _set_timer(_by_cpu, left, RING_AGAIN_S)
        return
    _insist("")


def _ring_by_the_clock(_: int, __: FrameType | None) -> None:
    turn = _turn[0]
    if turn is None:
        return
    if _insists:
        raise _out_of_time(*filter(None, _insists))
    left = turn.until_s - _passed_s()
    if left > 0:
        _set_timer(_by_clock, left, RING_AGAIN_S)
        return
    _insist(WAITING)


def _insist(says: str) -> None:
    """Raise OutOfTime, and have it raised again at the next step of code that catches it.

    Python hears signals between two steps, the lowest number first, and one that raises leaves the
    others for the next step. So both alarms are made to ring together: the clock's raises here, and
    the other one finds whoever has caught that. It raises from this loop and not from `_mask`, for
    only what is heard between two steps has Python listen again at the next.
    """
    latest = _cpu_s() + LONGEST_TICK_S
    _mask(_block, (_used_up, _waited))
    try:
        _insists[:] = [says]
        _set_timer(_by_clock, AT_ONCE_S, RING_AGAIN_S)
        _set_timer(_by_cpu, AT_ONCE_S, RING_AGAIN_S)
        while _used_up not in _pending() and _cpu_s() < latest:
            pass
    finally:
        with suppress(_out_of_time):
            _mask(_let, (_used_up, _waited))
    _set_timer(_by_clock, AT_ONCE_S, RING_AGAIN_S)
    while _cpu_s() < latest:
        pass
    raise _out_of_time(*filter(None, [says]))  # the submission hears the clock itself


def _is_theirs(frame: FrameType | None, turn: _Turn) -> bool:
    """Return whether a frame, or one that it was called from in this turn, is a student's."""
    while frame is not None and frame is not turn.around:
        if turn.student_file(frame.f_code.co_filename) is not None:
            return True
        frame = frame.f_back
    return False
