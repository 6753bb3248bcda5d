"""Jobs go to an executor: whatever dies there is told, and what is lost is made anew."""

import asyncio
import os
import signal
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from typing import Any

import pytest

from grader.course.batch.executors import NoExecutor, maker_of
from grader.service.database.submissions import Lane, State, submissions_in
from grader.service.queue.dispatcher import Dispatcher
from grader.service.queue.executor_slots import ExecutorSlot, SharedExecutor
from grader.service.queue.workers import GradesJobs, NoWorker, WorkerDied
from grader.service.submit import hand_in
from tests.service.queue.test_workers import job
from tests.service.running import COURSE, MINUS, RIGHT, Site
from tests.service.test_submit import handed

DIES = b"import time\ntime.sleep(0.5)\n" + RIGHT


class Fails(Executor):
    """An executor whose jobs all end in one way."""

    def __init__(self, error: BaseException | None) -> None:
        self._error = error

    def submit(self, function: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        made: Future[Any] = Future()
        if isinstance(self._error, ValueError):
            raise self._error
        if self._error is None:
            made.set_result({"takes long": True})
        elif isinstance(self._error, CancelledError):
            made.cancel()
        else:
            made.set_exception(self._error)
        return made


def ask(shared: SharedExecutor) -> Any:
    return asyncio.run(ExecutorSlot(shared).ask(job(walls="limits"), 5))


@pytest.mark.parametrize("lost", [BrokenExecutor("gone"), CancelledError(), ValueError("closed")])
def test_an_executor_that_is_lost_is_made_anew(lost: BaseException) -> None:
    made = iter([Fails(lost), Fails(None)])
    shared = SharedExecutor(lambda: next(made))

    with pytest.raises(NoWorker if isinstance(lost, ValueError) else WorkerDied):
        ask(shared)

    assert ask(shared) == {"takes long": True}


def test_a_worker_that_dies_there_is_told_and_the_executor_stays() -> None:
    made = iter([Fails(RuntimeError("killed"))])
    shared = SharedExecutor(lambda: next(made))

    for _ in range(2):
        with pytest.raises(WorkerDied):
            ask(shared)


def test_no_executor_is_no_worker_which_costs_a_submission_no_try() -> None:
    def none() -> Executor:
        raise NoExecutor("dask://nobody:1", "it does not answer")

    with pytest.raises(NoWorker, match="it does not answer"):
        ask(SharedExecutor(none))


def test_whoever_gives_up_has_not_lost_the_executor() -> None:
    waits = Fails(None)
    waits.submit = lambda *given, **named: Future()  # type: ignore[method-assign]
    shared = SharedExecutor(lambda: waits)

    async def life() -> None:
        asking = asyncio.create_task(ExecutorSlot(shared).ask(job(walls="limits"), 60))
        await asyncio.sleep(0.05)
        asking.cancel()
        await asking

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(life())
    assert shared.get() is waits


@pytest.mark.xdist_group("dask")
@pytest.mark.filterwarnings("ignore")
def test_a_worker_of_a_cluster_is_killed_in_mid_job_and_nothing_is_lost(
    served: Site,
) -> None:
    distributed = pytest.importorskip("distributed", reason="distributed is not installed")
    served.run(served.service.dispatcher.drain(5))
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        at = cluster.scheduler_address.replace("tcp://", "dask://")
        shared = SharedExecutor(maker_of(at, 2))
        lanes: dict[GradesJobs, Lane] = {
            ExecutorSlot(shared): Lane.FAST, ExecutorSlot(shared): Lane.SLOW
        }  # fmt: skip
        dispatcher = Dispatcher(served.service.database, served.service.shelf, served.service.now)
        service = served.service._replace(dispatcher=dispatcher)
        served.run(dispatcher.start(lanes))
        try:
            for number, content in enumerate([DIES, RIGHT, MINUS]):
                text = content + b"# %d\n" % number
                served.run(hand_in(service, handed(served, content=text)))
            _kill_whoever_has_a_job(distributed, cluster.scheduler_address)
            for number in (1, 2, 3):
                assert served.run(dispatcher.lanes.wait(("", number), 120))
        finally:
            served.run(dispatcher.drain(5))
            shared.close()
    found = served.read(submissions_in, COURSE)
    assert [one.state for one in found] == [State.GRADED] * 3


def _kill_whoever_has_a_job(distributed: Any, address: str) -> None:
    """Kill the process that does a job now, and wait for one where none does yet."""
    with distributed.Client(address) as client:
        busy: list[str] = []
        while not busy:
            busy = [worker for worker, jobs in client.processing().items() if jobs]
        (number,) = client.run(os.getpid, workers=busy[:1]).values()
        os.kill(number, signal.SIGKILL)
