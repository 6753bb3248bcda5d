"""Processes that do jobs: each on a processor of its own, ended with all that they have built."""

import os
import signal
from functools import partial
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path
from time import monotonic, sleep

import pytest

from grader.grading.processes import (
    ANYWHERE,
    ENDED,
    ProcessPool,
    pin_to_next,
    processor_queue,
    processors,
)

LONGEST_S = 60.0
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


def build(file: Path) -> None:
    """Do a job that builds a file, and waits."""
    file.write_text(str(os.getpid()), encoding="utf-8")
    sleep(LONGEST_S)


def take_down(folder: Path) -> None:
    """Remove what jobs have built."""
    for file in folder.glob("job-*"):
        file.unlink()


def test_a_pool_that_is_stopped_ends_what_runs_and_has_it_taken_down(tmp_path: Path) -> None:
    pool = ProcessPool(1, get_context("spawn"), partial(take_down, tmp_path))
    pool.submit(build, tmp_path / "job-1")
    until = monotonic() + LONGEST_S
    while not any(tmp_path.iterdir()) and monotonic() < until:
        sleep(0.01)
    (process,) = pool._processes.values()

    pool.stop()

    assert process.exitcode == ENDED
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_is_for_whoever_has_the_pool() -> None:
    pool = ProcessPool(1, get_context("spawn"), int)
    try:
        assert pool.submit(signal.getsignal, signal.SIGINT).result() == signal.SIG_IGN
    finally:
        pool.stop()
