"""No task is lost: not where a job fails, nor where what does them breaks."""

from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import Any

from grader.course.batch.jobs import DIED
from grader.course.batch.scheduler import Task, run

Worked = Mapping[str, Any]


class Fragile(Executor):
    """Does jobs when they are submitted; a job that says so breaks it, with all that is in it."""

    def __init__(self, made: list["Fragile"]) -> None:
        self.seen: list[str] = []
        self.broken = False
        self.waiting: list[Future[Any]] = []
        made.append(self)

    def submit(self, function: Callable[..., Any], /, *given: Any, **_: Any) -> Future[Any]:
        job, future = given[0], Future[Any]()
        self.seen.append(job["name"])
        if job["does"] == "waits" and not job.pop("alone", len(self.seen) == 1):
            self.waiting.append(future)
        elif job["does"] == "breaks":
            for held in (*self.waiting, future):
                held.set_exception(BrokenExecutor())
        elif job["does"] == "fails":
            future.set_exception(RuntimeError("killed worker"))
        else:
            future.set_result({"done": job["name"]})
        return future


def tasks(**does: str) -> list[Task]:
    return [Task(name, "1", {"name": name, "does": what}) for name, what in does.items()]


def outcomes(some: list[Task]) -> tuple[dict[str, Worked], list[Fragile]]:
    made: list[Fragile] = []
    found = {task.student: outcome for task, outcome in run(some, lambda: Fragile(made), 1)}
    return found, made


def test_every_task_has_its_outcome() -> None:
    some = tasks(**{f"t{number}": "works" for number in range(20)})

    found, (executor,) = outcomes(some)

    assert found == {f"t{number}": {"done": f"t{number}"} for number in range(20)}
    assert len(executor.seen) == 20


def test_what_broke_an_executor_is_told_and_what_was_beside_it_is_done_again() -> None:
    found, made = outcomes(tasks(a="waits", b="breaks", c="works"))

    assert found["b"] == {"reports": [], "problem": DIED, "ours": True}
    assert found["a"] == {"done": "a"}
    assert found["c"] == {"done": "c"}
    assert len(made) == 3  # the first broke, the second with b alone


def test_a_job_that_fails_is_done_once_more_alone() -> None:
    found, made = outcomes(tasks(a="fails", b="works"))

    assert found["a"]["problem"] == f"{DIED}: RuntimeError"
    assert found["b"] == {"done": "b"}
    assert made[0].seen.count("a") == 2


def test_tasks_are_taken_as_there_is_room() -> None:
    taken: list[int] = []

    def endless() -> Any:
        for number in range(10_000):
            taken.append(number)
            yield Task(str(number), "1", {"name": str(number), "does": "works"})

    made: list[Fragile] = []
    running = run(endless(), lambda: Fragile(made), 2)
    next(running)

    assert len(taken) <= 16
    running.close()
