"""Several examiners, one a process, which share submissions between them."""

import gc
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Self

from grader.grading.processes import Seats, processors, seats, sit_down
from grader.grading.request import Choice
from grader.grading.session import Examiner
from grader.reports.report import Report
from grader.submissions.submission import Submission

AT_ONCE = 4  # submissions that a worker takes at a time
_HERE: list[Examiner] = []  # the one of this process, in a worker


class Examiners:
    """Examiners that grade against the same exercises, each behind walls of its own."""

    def __init__(self, choice: Choice, jobs: int = 0, *, notebooks: bool = True) -> None:
        """Make workers; each makes itself ready when it gets its first submission.

        Args:
            choice: see `Examiner`.
            jobs: how many workers; 0 for one a processor.
            notebooks: see `Examiner`.
        """
        context = get_context("spawn")
        self.jobs = jobs or processors()
        setting = (choice, notebooks, seats(self.jobs, context))
        self.pool = ProcessPoolExecutor(self.jobs, context, _begin, setting)

    def examine(self, submissions: Iterable[Submission]) -> Iterator[list[Report]]:
        """Give the reports on each submission, in their order.

        Raises:
            BrokenProcessPool: a worker has died; what it could not be given says why.
        """
        return self.pool.map(_examine, submissions, chunksize=AT_ONCE)

    def close(self) -> None:
        """End the workers, and all that they started."""
        self.pool.shutdown(cancel_futures=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _begin(choice: Choice, notebooks: bool, places: Seats) -> None:
    """Make a worker's examiner."""
    sit_down(places)
    _HERE.append(Examiner(choice, notebooks=notebooks))
    gc.freeze()  # what is the same for all is not looked through again and again


def _examine(submission: Submission) -> list[Report]:
    return _HERE[0].examine(submission)
