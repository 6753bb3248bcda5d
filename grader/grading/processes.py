"""Processes that do jobs side by side, and end with whoever has started them.

Each may keep to a processor, with all that it forks: a worker and its child take turns anyway, and
waking each other across processors costs a tenth of the time.
"""

import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from itertools import cycle, islice
from multiprocessing.context import BaseContext
from multiprocessing.queues import SimpleQueue
from typing import Any, ParamSpec, TypeAlias, TypeVar

from grader.sandbox.interpreter import held_signals
from grader.sandbox.walls import linux_calls

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE_S, LAST_S = 10.0, 1.0
ENDED = 143  # the status that shells have for SIGTERM


def processors() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


ProcessorQueue: TypeAlias = "SimpleQueue[int]"
ANYWHERE = -1  # where the system keeps no process to a processor


class ProcessPool(ProcessPoolExecutor):
    """Processes that do jobs, and can be ended whatever they do."""

    def __init__(
        self,
        jobs: int,
        context: BaseContext,
        release: Callable[[], object],
        places: "ProcessorQueue | None" = None,
    ) -> None:
        """Make a pool of so many processes.

        Args:
            jobs: how many.
            context: how they are started.
            release: takes down what a process has built, where that is ended; of a module.
            places: a processor for each to keep to.
        """
        super().__init__(jobs, context, _begin, (release, places))

    def submit(self, job: Callable[P, T], /, *arguments: P.args, **options: P.kwargs) -> Future[T]:
        """Have a process do a job: a process may have to be started, which nothing interrupts."""
        with held_signals():
            return super().submit(job, *arguments, **options)

    def stop(self) -> None:
        """End the processes, whatever they do."""
        with held_signals():
            processes = list((self._processes or {}).values())
            manager: Any = self._executor_manager_thread
            self.shutdown(wait=False, cancel_futures=True)
            for process in processes:
                process.terminate()
            for process in processes:
                process.join(PATIENCE_S)
                process.kill()
                process.join()
            if manager is not None:  # it takes down what they were asked through, if that is whole
                manager.join(LAST_S)


def processor_queue(count: int, context: BaseContext) -> ProcessorQueue:
    """Return a queue of `count` processors, for workers to take one each."""
    queue: ProcessorQueue = context.SimpleQueue()
    for processor in islice(cycle(_processors()), count):
        queue.put(processor)
    return queue


def pin_to_next(queue: ProcessorQueue) -> None:
    """Keep this process to the next processor of a queue."""
    processor = queue.get()
    if processor != ANYWHERE:
        os.sched_setaffinity(0, {processor})


def _processors() -> list[int]:
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_setaffinity") else [ANYWHERE]


def _begin(release: Callable[[], object], places: "ProcessorQueue | None") -> None:
    """Make a process of a pool ready; Ctrl-C is for the one that has the pool."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, partial(_end, release))
    if sys.platform == "linux":
        linux_calls.die_with_parent(signal.SIGTERM)
    if places is not None:
        pin_to_next(places)


def _end(release: Callable[[], object], _signal: int, _frame: object) -> None:
    """End this process, with what it has built, and leave nothing of it on the disk."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a second signal would interrupt the clearing up
    try:
        release()
    finally:
        os._exit(ENDED)
