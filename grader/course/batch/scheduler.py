"""Has jobs done by an executor, so that nothing is lost where something dies or takes long.

Each is done hastily at first. One that takes long is put aside until no other is left, so that who
never comes to an end keeps nobody else waiting; then it has all the time that it may take.

An executor that breaks is made again. Whatever was in it then is done alone, one job after another:
the one that breaks it again is that job's own outcome, and the others have theirs.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from typing import Any, NamedTuple, TypeAlias

from grader.course.batch.executors import end
from grader.course.batch.jobs import DIED, HASTILY, TAKES_LONG
from grader.course.batch.worker import work

AHEAD = 4  # jobs that wait for each that is done
USUALLY_LONG = 4  # where more than one in so many takes long, haste only costs time
FEW = 8


class Task(NamedTuple):
    """A job, and what it is for."""

    student: str
    stamp: str
    job: Mapping[str, Any]


TaskOutcome: TypeAlias = tuple[Task, Mapping[str, Any]]
Make: TypeAlias = Callable[[], Executor]


def run(tasks: Iterable[Task], make: Make, at_once: int) -> Generator[TaskOutcome, None, None]:
    """Give each task with its outcome, as they come in.

    Args:
        tasks: taken one by one.
        make: gives an executor, and another one where that is broken.
        at_once: how many jobs it can do at a time.
    """
    running = _Running(make, at_once * AHEAD)
    try:
        yield from running.all(iter(tasks))
    finally:
        running.close()


class _Running:
    """An executor, and the tasks that it has been given."""

    def __init__(self, make: Make, most: int) -> None:
        self._make = make
        self._most = most
        self._executor = make()
        self._begun: dict[Future[dict[str, Any]], Task] = {}
        self._long: deque[Task] = deque()
        self._done = self._put_aside = 0

    def all(self, tasks: Iterator[Task]) -> Iterator[TaskOutcome]:
        """Give each task with its outcome."""
        while self._fill(tasks):
            finished, _ = wait(self._begun, return_when=FIRST_COMPLETED)
            failed = []
            for future in finished:
                if future.exception() is None:
                    yield from self._outcome(self._begun.pop(future), future.result())
                else:
                    failed.append(future)
            for task in self._tasks_to_repeat(failed):
                yield from self._outcome(task, self._alone(task))

    def _outcome(self, task: Task, outcome: Mapping[str, Any]) -> Iterator[TaskOutcome]:
        """Yield a task with its outcome, but put one aside that takes long."""
        if outcome == TAKES_LONG:
            self._put_aside += 1
            self._long.append(task._replace(job={**task.job, HASTILY: False}))
        else:
            self._done += 1
            yield task, outcome

    def close(self) -> None:
        """End the executor, and what it still does."""
        end(self._executor)

    def _fill(self, tasks: Iterator[Task]) -> bool:
        """Hand over tasks as long as there is room; return whether any is under way."""
        while len(self._begun) < self._most and (task := self._next(tasks)):
            self._begun[self._executor.submit(work, dict(task.job))] = task
        return bool(self._begun)

    def _next(self, tasks: Iterator[Task]) -> Task | None:
        """Return the next task; one that takes long where there is no other."""
        hastily = self._put_aside * USUALLY_LONG <= self._done + FEW
        if task := next(tasks, None):
            return task._replace(job={HASTILY: hastily, **task.job})
        return self._long.popleft() if self._long else None

    def _tasks_to_repeat(self, failed: Iterable[Future[dict[str, Any]]]) -> list[Task]:
        """Return the tasks to do alone: what failed, or all that was in a broken executor."""
        errors = {future: future.exception() for future in failed}
        broken = any(isinstance(error, BrokenExecutor) for error in errors.values())
        futures = list(self._begun) if broken else list(errors)
        tasks = [self._begun.pop(future) for future in futures]
        if broken:
            self._renew()
        return tasks

    def _alone(self, task: Task) -> Mapping[str, Any]:
        """Return the outcome of a task that nothing else is done beside."""
        try:
            return self._executor.submit(work, dict(task.job)).result()
        except BrokenExecutor:
            self._renew()
            reason = ""
        except Exception as error:  # an executor says in its own way that a worker has died
            reason = f": {type(error).__name__}"
        return {"reports": [], "problem": DIED + reason, "ours": True}

    def _renew(self) -> None:
        end(self._executor)
        self._executor = self._make()
