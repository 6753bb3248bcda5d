"""What waits and what runs is counted right, also where a job waits again."""

import asyncio

from grader.service.database.submissions import Lane
from grader.service.queue.fair_queue import QueuedJob
from grader.service.queue.lanes import Lanes

JOB = QueuedJob(7, "ml", "my475/ex9", "ada")


def test_a_job_that_another_worker_has_by_now_still_runs() -> None:
    async def life() -> list[int]:
        lanes = Lanes()
        await lanes.add(JOB)
        first = await lanes.take(Lane.FAST)
        assert first is not None
        await lanes.add_again(first._replace(lane=Lane.SLOW))
        second = await lanes.take(Lane.SLOW)
        assert second is not None
        lanes.put_down(first)
        between = lanes.lengths["running"]
        lanes.put_down(second)
        return [between, lanes.lengths["running"]]

    assert asyncio.run(life()) == [1, 0]


def test_what_waits_longest_is_told_for_each_lane() -> None:
    async def life() -> list[dict[str, float]]:
        lanes = Lanes()
        before = lanes.oldest_s
        await lanes.add(JOB)
        await asyncio.sleep(0.01)
        waiting = lanes.oldest_s
        await lanes.take(Lane.FAST)
        return [before, waiting, lanes.oldest_s]

    before, waiting, after = asyncio.run(life())

    assert before == after == {"fast": 0.0, "slow": 0.0}
    assert waiting["fast"] >= 0.01
    assert waiting["slow"] == 0.0


def test_what_waits_or_runs_already_does_not_wait_twice() -> None:
    async def life() -> list[int]:
        lanes = Lanes()
        await lanes.add(JOB)
        await lanes.add(JOB)
        waits = lanes.lengths["fast"]
        await lanes.take(Lane.FAST)
        await lanes.add(JOB)
        runs = lanes.lengths["fast"]
        lanes.end(JOB)
        await lanes.add(JOB)
        return [waits, runs, lanes.lengths["fast"]]

    assert asyncio.run(life()) == [1, 0, 1]
