"""Whatever watches the service learns how much waits, since when, and what came of the rest."""

import asyncio
from collections.abc import Mapping
from typing import Any

from grader.course.batch.jobs import TAKES_LONG, JobResult, plain_result
from grader.service.queue.workers import WorkerDied
from tests.service.running import COURSE, EXERCISE, MINUS, Site

PATH = f"/v1/courses/{COURSE}/exercises/{EXERCISE}/submissions"


def numbers(served: Site) -> dict[str, float]:
    """The metrics, by name with label."""
    text = served.get("", "/metrics", headers=served.token("root", "admin")).text
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines}


def test_gradings_are_counted_by_what_they_came_to_and_deaths_too(served: Site) -> None:
    answers: list[Any] = [
        WorkerDied(),
        TAKES_LONG,
        plain_result(JobResult(problem="we", ours=True)),
    ]

    def says(job: Mapping[str, Any]) -> Mapping[str, Any]:
        answer = answers.pop(0) if answers else served.worker.usual(job)
        if isinstance(answer, Exception):
            raise answer
        return answer

    served.worker.says = says
    for number in range(3):
        served.hand_in("ada", MINUS + b"# %d\n" % number)

    found = numbers(served)

    assert found['grade_gradings_total{result="ours"}'] == 1
    assert found['grade_gradings_total{result="graded"}'] == 2
    assert found["grade_worker_deaths_total"] == 1
    assert found["grade_slow_total"] == 1
    assert found["grade_worker_seconds_total"] > 0
    assert found['grade_submissions{state="graded"}'] == 2


def test_the_age_of_what_waits_longest_is_told(served: Site) -> None:
    held = asyncio.Event()

    async def waits(job: Mapping[str, Any]) -> Mapping[str, Any]:
        await held.wait()
        return served.worker.usual(job)

    served.worker.says = waits
    headers = served.token("ada", "submit")
    for number in range(3):
        served.ask("", "POST", PATH, content=MINUS + b"# %d\n" % number, headers=headers)
    served.run(asyncio.sleep(0.02))

    found = numbers(served)
    served.run(_set(held))

    assert found['grade_queue{lane="fast"}'] == 2
    assert found['grade_queue{lane="running"}'] == 1
    assert found['grade_queue_oldest_seconds{lane="fast"}'] >= 0.02
    assert found['grade_queue_oldest_seconds{lane="slow"}'] == 0


async def _set(event: asyncio.Event) -> None:
    event.set()
