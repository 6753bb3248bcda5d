"""A worker is a process: it grades behind walls, is told dead when it is, and leaves nothing."""

import asyncio
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from grader.course.batch.jobs import TAKES_LONG, fields_of, job_result
from grader.grading.request import GradeRequest
from grader.reports.report_json import to_json
from grader.sandbox.protocol.limits import Tier
from grader.service.database.submissions import pack
from grader.service.queue.workers import (
    NoWorker,
    WorkerDied,
    WorkerProcess,
)
from grader.submissions.intake.student_submission import SubmittedFile
from tests.sandbox.test_zygote_pool import BEST
from tests.service.running import MINUS, report


def job(content: bytes = MINUS, *, hastily: bool = False, walls: Tier = BEST) -> dict[str, Any]:
    packed = pack([SubmittedFile("minus.py", content)])
    fields = fields_of(GradeRequest("my475/ex9", walls=walls))
    return {
        **fields,
        "folder": "",
        "order": packed.order,
        "files": packed.files,
        "hastily": hastily,
    }


def test_a_worker_grades_one_after_another_and_dies_alone() -> None:
    async def life() -> list[Any]:
        worker = WorkerProcess(BEST)
        await worker.start()
        first = await worker.ask(job(), 60)
        endless = await worker.ask(job(b"while True: pass\n", hastily=True), 60)
        before = worker.pid
        waiting = asyncio.create_task(worker.ask(job(b"import time\ntime.sleep(60)\n"), 60))
        await asyncio.sleep(0.05)
        os.kill(before, signal.SIGKILL)
        died = (await asyncio.gather(waiting, return_exceptions=True))[0]
        worker.renew()  # as after a change to exercises
        second = await worker.ask(job(), 60)
        after = worker.pid
        await worker.stop()
        return [first, endless, died, second, before != after, _runs(after)]

    first, endless, died, second, is_another, runs = asyncio.run(life())

    (made,) = job_result(first).reports
    assert to_json(made._replace(isolation="limits")) == to_json(
        report()._replace(isolation="limits")
    )
    assert endless == TAKES_LONG
    assert isinstance(died, WorkerDied)
    assert second == first
    assert is_another
    assert not runs


def test_a_worker_that_is_silent_is_taken_for_dead() -> None:
    async def life() -> None:
        worker = WorkerProcess("limits")
        try:
            await worker.ask(job(b"import time\ntime.sleep(60)\n", walls="limits"), 0.01)
        finally:
            await worker.stop()

    with pytest.raises(WorkerDied):
        asyncio.run(life())


def test_walls_that_cannot_be_built_are_told() -> None:
    with pytest.raises(NoWorker, match="the process that runs submissions has died twice"):
        asyncio.run(_started(WorkerProcess("none of them")))  # type: ignore[arg-type]


async def _started(worker: WorkerProcess) -> None:
    await worker.start()


def _runs(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()
