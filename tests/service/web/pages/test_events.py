"""Events come by themselves: how far a submission is, and that a course has changed."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import httpx

from grader.course.batch.jobs import JobResult
from grader.service.database.submissions import Lane
from grader.service.queue.dispatcher import Finished, write_result
from grader.service.queue.fair_queue import QueuedJob
from grader.service.queue.lanes import Lanes, submission_topic
from grader.service.submit import hand_in
from grader.service.web.pages.events import MOST_STREAMS
from tests.service.running import COURSE, EXERCISE, MINUS, RIGHT, Site
from tests.service.test_submit import handed

Told = tuple[str, dict[str, object]]


@contextmanager
def stream(url: str, secret: str, path: str) -> Iterator[Iterator[Told]]:
    """The events at a path, one after another."""
    with (
        httpx.Client(cookies={"grade": secret}, timeout=600, verify=False) as client,
        client.stream("GET", url + path) as answer,
    ):
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield events_in(answer.iter_lines())


def events_in(lines: Iterator[str]) -> Iterator[Told]:
    name = ""
    for line in lines:
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))


def test_a_waiting_submission_tells_how_far_it_is_until_its_verdict(served: Site) -> None:
    lanes = served.service.dispatcher.lanes
    served.run(lanes.close())  # nothing is given out
    others = served.run(hand_in(served.service, handed(served, "bob", RIGHT)))
    waiting = served.run(hand_in(served.service, handed(served, "ada", MINUS)))
    mine, theirs = (
        QueuedJob(one.number, COURSE, EXERCISE, one.person_id) for one in (waiting, others)
    )
    path, secret = f"/submissions/{waiting.id}/events", served.secrets["ada"]
    with served.listening() as url, stream(url, secret, path) as events:
        before = next(events)
        served.run(_taken(lanes, theirs))
        after = next(events)
        served.write(write_result, Finished(mine, JobResult(problem="no"), "", 1.0))
        served.run(_ended(lanes, mine))
        rest = list(events)

    says = "1 before you, at most"
    assert before == ("state", {"state": "queued", "position": 1, "says": says})
    assert after == ("state", {"state": "queued", "position": 0, "says": "being graded"})
    assert rest == [("end", {"state": "by hand", "position": None, "says": ""})]


async def _taken(lanes: Lanes, job: QueuedJob) -> None:
    assert lanes._lanes[Lane.FAST].pop() == job
    lanes.news.tell(submission_topic(job.number + 1))


async def _ended(lanes: Lanes, job: QueuedJob) -> None:
    lanes.end(job)


def test_a_course_tells_that_somebody_has_handed_in(served: Site) -> None:
    path, secret = f"/courses/{COURSE}/events", served.secrets["tom"]
    with served.listening() as url, stream(url, secret, path) as events:
        assert next(events) == ("beat", {})

        served.hand_in("ada")

        assert next(events) == ("changed", {})


def test_a_verdict_that_is_there_ends_the_events_at_once_for_a_program_too(served: Site) -> None:
    path = served.hand_in("ada")

    answer = served.ask("", "GET", f"/v1{path}/events", headers=served.token("ada", "read"))

    assert list(events_in(iter(answer.text.splitlines()))) == [
        ("end", {"state": "graded", "position": None, "says": ""})
    ]


def test_nobody_keeps_more_than_some_streams_open(served: Site) -> None:
    path, secret = f"/courses/{COURSE}/events", served.secrets["tom"]
    with served.listening() as url, ExitStack() as streams:
        kept = [streams.enter_context(stream(url, secret, path)) for _ in range(MOST_STREAMS)]
        assert [next(events)[0] for events in kept] == ["beat"] * MOST_STREAMS

        refused = httpx.get(url + path, cookies={"grade": secret}, timeout=600, verify=False)

    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "30"


def test_pages_name_the_events_that_they_wait_for(served: Site) -> None:
    served.run(served.service.dispatcher.lanes.close())
    waiting = served.run(hand_in(served.service, handed(served, "ada", MINUS)))

    page = served.get("ada", f"/submissions/{waiting.id}")
    everyone = served.get("tom", f"/courses/{COURSE}/people")

    assert f'data-events="/submissions/{waiting.id}/events"' in page.text
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page.text
    assert f'data-events="/courses/{COURSE}/events"' in everyone.text
