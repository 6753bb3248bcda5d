"""A processor for each of several processes, and all that it forks, to keep to.

A worker and its child take turns anyway, and waking each other across processors costs a tenth of
the time.
"""

import os
from itertools import cycle, islice
from multiprocessing.context import BaseContext
from multiprocessing.queues import SimpleQueue
from typing import TypeAlias


def processors() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


ProcessorQueue: TypeAlias = "SimpleQueue[int]"
ANYWHERE = -1  # where the system keeps no process to a processor


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
