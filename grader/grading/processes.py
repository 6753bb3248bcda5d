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
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


Seats: TypeAlias = "SimpleQueue[int]"
ANYWHERE = -1  # where the system keeps no process to a processor


def seats(count: int, context: BaseContext) -> Seats:
    """Return so many places, for workers that are begun with them."""
    places: Seats = context.SimpleQueue()
    for processor in islice(cycle(_processors()), count):
        places.put(processor)
    return places


def sit_down(places: Seats) -> None:
    """Keep this process to the next place."""
    processor = places.get()
    if processor != ANYWHERE:
        os.sched_setaffinity(0, {processor})


def _processors() -> list[int]:
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_setaffinity") else [ANYWHERE]
