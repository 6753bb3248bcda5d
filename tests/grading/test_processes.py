"""Each of several processes gets a processor of its own, as long as there are enough."""

import os
from itertools import cycle, islice
from multiprocessing import get_context

import pytest

from grader.grading.processes import ANYWHERE, pin_to_next, processor_queue, processors

PINNED = hasattr(os, "sched_setaffinity")


def test_processors_are_those_that_this_process_may_use() -> None:
    allowed = len(os.sched_getaffinity(0)) if PINNED else os.cpu_count()

    assert processors() == allowed


def test_more_workers_than_processors_take_turns() -> None:
    count = processors() + 1
    queue = processor_queue(count, get_context())

    taken = [queue.get() for _ in range(count)]

    allowed = sorted(os.sched_getaffinity(0)) if PINNED else [ANYWHERE]
    assert taken == list(islice(cycle(allowed), count))


@pytest.mark.skipif(not PINNED, reason="the system keeps no process to a processor")
def test_a_worker_keeps_to_the_processor_that_it_takes() -> None:
    allowed = os.sched_getaffinity(0)
    try:
        pin_to_next(processor_queue(1, get_context()))

        assert os.sched_getaffinity(0) == {min(allowed)}
    finally:
        os.sched_setaffinity(0, allowed)
