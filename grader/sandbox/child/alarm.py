"""An alarm in the student's process, which interrupts code that does not come to an end.

It rings by the CPU time that the code has used, and much later by the clock, for code that waits;
neither goes on while others have the processor, so that a busy machine costs nobody a point. When
it has rung the turn is over: code that catches the interruption is interrupted again at once, until
nothing of the student's runs. So what comes of a turn depends on how long it took, never on where
the alarm found it. Code that cannot be interrupted (it blocks signals, stops its process, stays in
C) is ended from outside, and so is everything on Windows, which has no alarm.
"""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from time import process_time
from types import CodeType, FrameType
from typing import Any, NamedTuple

from grader.engines.interpreter.execute import OutOfTime
from grader.sandbox.child.run_queue import passed_s
from grader.sandbox.protocol.limits import PATIENCE, WAITING

RING_AGAIN_S = 0.2
TICK_S = 0.004
AT_ONCE_S = 1e-6
LONGEST_TICK_S = 0.05
TOOL = 4  # of `sys.monitoring`'s: no debugger, profiler or coverage has this number


class _Turn(NamedTuple):
    """A student's turn: when it is over, and which frames are theirs."""

    until_cpu_s: float  # of this process's CPU time
    until_s: float  # of the clock that stands still in the queue
    student_file: Callable[[str], object]
    around: FrameType | None


_out_of_time: type[BaseException] = OutOfTime
_cpu_s, _passed_s, _frame = process_time, passed_s, sys._getframe
_turn: list[_Turn | None] = [None]
_rung: list[BaseException] = []  # what has interrupted this turn
_again: list[bool] = []  # whether both alarms ring for `_insist_by_signals`
_watched: list[CodeType] = []
_monitoring: Any = getattr(sys, "monitoring", None)


def interruption() -> BaseException | None:
    """Return the OutOfTime that was raised in this turn or the last, whoever caught it."""
    return _rung[0] if _rung else None


def check() -> None:
    """End a turn that goes on though its time is up.

    Raises:
        OutOfTime: the alarm has rung.
    """
    if _rung:
        raise _rung[0]


if hasattr(signal, "setitimer"):
    # What `signal` wraps to make enumerations, which cost more than all else of a turn's begin.
    _plain: Any = import_module("_signal")
    _set_timer, _set_handler = _plain.setitimer, _plain.signal
    _mask, _pending = _plain.pthread_sigmask, _plain.sigpending
    _block, _let = int(signal.SIG_BLOCK), int(signal.SIG_UNBLOCK)
    _by_cpu, _used_up = signal.ITIMER_PROF, int(signal.SIGPROF)
    _by_clock, _waited = signal.ITIMER_REAL, int(signal.SIGALRM)

    def arm(seconds: float, student_file: Callable[[str], object]) -> None:
        """Raise OutOfTime in the main thread after `seconds` of CPU, and again until disarmed.

        Args:
            seconds: of CPU; PATIENCE times as many may pass.
            student_file: gives something for the file of a student's code, None for another.
        """
        _rung.clear()
        _again.clear()
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
        while _watched:
            _monitoring.set_local_events(TOOL, _watched.pop(), 0)

else:

    def arm(seconds: float, student_file: Callable[[str], object]) -> None:
        """Leave the deadline to the grader's process."""

    def disarm() -> None:
        """Leave the deadline to the grader's process."""


def _ring(_: int, frame: FrameType | None) -> None:
    turn = _turn[0]
    if turn is None:
        return
    if _again:
        _again.clear()
        if any(_theirs(frame, turn)):
            _insist_by_signals()
        return
    left = turn.until_cpu_s - _cpu_s()
    if left > TICK_S:  # the timer counts ticks, which is off by much where the machine is busy
        _set_timer(_by_cpu, left, RING_AGAIN_S)
        return
    _interrupt(_out_of_time(), frame, turn)


def _ring_by_the_clock(_: int, frame: FrameType | None) -> None:
    turn = _turn[0]
    if turn is None:
        return
    if _again:
        raise _rung[0]
    left = turn.until_s - _passed_s()
    if left > 0:
        _set_timer(_by_clock, left, RING_AGAIN_S)
        return
    _interrupt(_out_of_time(WAITING), frame, turn)


def _interrupt(error: BaseException, frame: FrameType | None, turn: _Turn) -> None:
    """Raise `error`, or what has interrupted this turn before, until nothing of theirs runs."""
    if not _rung:
        _rung.append(error)
    if _monitoring is None:
        _insist_by_signals()
    else:
        _insist_by_events(_theirs(frame, turn))
    raise _rung[0]


def _insist_by_events(codes: Iterator[CodeType]) -> None:
    """Have every instruction of code that runs raise what has interrupted it: since Python 3.12."""
    if _monitoring.get_tool(TOOL) is None:
        _monitoring.use_tool_id(TOOL, "grade")
    events = _monitoring.events
    _monitoring.register_callback(TOOL, events.INSTRUCTION, _at_an_instruction)
    for code in codes:
        _watched.append(code)
        _monitoring.set_local_events(TOOL, code, events.INSTRUCTION)


def _at_an_instruction(_: CodeType, __: int) -> None:
    if _turn[0] is not None:
        check()


def _insist_by_signals() -> None:
    """Raise what has interrupted this turn, and have it raised again at the next step.

    Python 3.11 hears signals between two steps, the lowest number first, and one that raises leaves
    the others for the next step. So both alarms are made to ring together: the clock's raises here,
    and the other one finds whoever has caught that. It raises from the loop and not from `_mask`,
    for only what is heard between two steps has Python listen again at the next.
    """
    latest = _cpu_s() + LONGEST_TICK_S
    _mask(_block, (_used_up, _waited))
    try:
        _again[:] = [True]
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
    check()  # the submission hears the clock itself


def _theirs(frame: FrameType | None, turn: _Turn) -> Iterator[CodeType]:
    """Yield the student's code in a frame, and in those that called it in this turn."""
    while frame is not None and frame is not turn.around:
        if turn.student_file(frame.f_code.co_filename) is not None:
            yield frame.f_code
        frame = frame.f_back
