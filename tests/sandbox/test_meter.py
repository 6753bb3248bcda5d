"""What a world uses, and whether it is held up or takes its time."""

from time import monotonic

import pytest

from grader.engines.observation import ResourceUse
from grader.sandbox.meter import Meter
from grader.sandbox.protocol.limits import PATIENCE
from grader.sandbox.usage import Usage


class Told:
    """A world that has used what it is told to have used."""

    def __init__(self, *used: Usage) -> None:
        self.used, self.queued = list(used), 0.0

    def cpu_s(self) -> float | None:
        return self.usage().cpu_s

    def queued_s(self) -> float:
        return self.queued

    def usage(self) -> Usage:
        return self.used.pop(0) if len(self.used) > 1 else self.used[0]


def without_time(use: ResourceUse) -> ResourceUse:
    return use._replace(wall_s=0.0)


def test_what_counts_is_what_was_used_since_it_was_ready() -> None:
    meter = Meter(Told(Usage(0.5, 20 << 10, 3), Usage(2.0, 430 << 10, 10)))

    assert without_time(meter.use()) == ResourceUse(0.0, 1.5, 410, 7)


def test_a_process_that_has_ended_tells_less_and_what_was_seen_still_counts() -> None:
    meter = Meter(Told(Usage(0.5, 20 << 10, 3), Usage(2.0, 430 << 10, 10), Usage()))
    meter.use()

    assert without_time(meter.use()) == ResourceUse(0.0, 1.5, 410, 7)


def test_what_it_took_between_being_ready_and_being_looked_at_counts() -> None:
    meter = Meter(Told(Usage(0.5, 300 << 10), Usage(2.0, 430 << 10)), peak_kb=20 << 10)

    assert meter.use().peak_mb == 410


def test_no_process_is_told_to_have_used_less_than_it_has() -> None:
    meter = Meter(Told(Usage(0.5, 20 << 10), Usage(2.0, 430 << 10)), peak_kb=300 << 10)

    assert meter.use().peak_mb == 410


def test_where_nobody_tells_nothing_is_claimed() -> None:
    meter = Meter(Told(Usage()))
    meter.begin_turn()

    assert without_time(meter.use()) == ResourceUse(0.0, 0.0, 0, 0)
    assert not meter.has_waited(1.0)


def test_a_turn_that_has_computed_enough_is_not_waited_for() -> None:
    meter = Meter(Told(Usage(1.0), Usage(1.0), Usage(1.3)))
    meter.begin_turn()

    assert meter.patience(0.3, 0.0, turns=1).left() > 0
    assert not meter.has_waited(0.3)
    assert meter.has_waited(0.4)


@pytest.mark.parametrize(
    ("computed", "longest_s"), [(Usage(0.001), 0.03), (Usage(), 0.03), (Usage(5.0), 0.01)]
)
def test_a_deadline_is_put_off_for_one_that_is_held_up_three_times_as_long(
    computed: Usage, longest_s: float
) -> None:
    began = monotonic()
    meter = Meter(Told(Usage(0.0), Usage(0.0), computed))
    meter.begin_turn()
    deadline = meter.patience(0.01, 0.0)

    while deadline.left():
        pass

    assert longest_s <= monotonic() - began


def test_time_in_the_queue_for_a_processor_is_no_time_that_it_waited() -> None:
    world = Told(Usage(0.0))
    meter = Meter(world)
    meter.begin_turn()
    deadlines = meter.patience(0.01, 0.0), meter.deadline(0.01)
    until = monotonic() + 0.05

    while monotonic() < until:
        world.queued = monotonic()

    assert all(deadline.left() for deadline in deadlines)
    world.queued = 0.0
    assert not any(deadline.left() for deadline in deadlines)


def test_several_turns_may_use_as_much_together() -> None:
    meter = Meter(Told(Usage(0.0), Usage(0.0), Usage(0.5)))
    meter.begin_turn()

    assert meter.patience(0.4, -0.4, turns=3).left() > 0
    assert meter.patience(0.4, -0.4, turns=2).left() == 0


def test_a_turn_takes_the_cpu_that_is_used_in_it() -> None:
    meter = Meter(Told(Usage(1.0), Usage(1.5), Usage(9.5)))
    meter.begin_turn()

    assert meter.turn_s() == 8.0


def test_a_turn_that_waits_takes_a_part_of_that_time_and_one_in_the_queue_nothing() -> None:
    told = Told(Usage())
    told.queued = -300.0
    waiting = Meter(told)
    told.queued = -600.0

    assert 300 / PATIENCE <= waiting.turn_s() < 600 / PATIENCE
