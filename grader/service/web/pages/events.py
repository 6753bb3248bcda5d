"""Events that come by themselves (SSE): how far a submission is, and that a course has changed."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from time import monotonic
from typing import Any, Final

from starlette.responses import Response, StreamingResponse

from grader.service.database.submissions import Lane, SubmissionRecord, submission_numbered
from grader.service.problems import Problem
from grader.service.queue.lanes import course_topic, submission_topic
from grader.service.web.rights import Visit

BEAT_S: Final = 10.0
LONGEST_S: Final = 300.0  # then the browser comes again, and the gate looks at who it is
PAUSE_S: Final = 2.0  # between two events of a course, however much happens in it
MOST_STREAMS: Final = 8
COME_AGAIN_S: Final = 30


async def submission_events(visit: Visit) -> Response:
    """Send how far a submission is, each time that it changes, until it has its verdict."""
    return _stream(visit, _until_verdict(visit))


async def course_events(visit: Visit) -> Response:
    """Send that something in a course has changed, each time that it has."""
    return _stream(visit, _each_change(visit))


def waiting_words(submission: SubmissionRecord, position: int | None) -> str:
    """Return how far a submission is that has no verdict yet, as its person reads it."""
    if submission.lane is Lane.SLOW:
        return "takes longer than most"
    return f"{position} before you, at most" if position else "being graded"


def _stream(visit: Visit, events: AsyncIterator[str]) -> Response:
    """Return an answer that goes on.

    Raises:
        Problem: whoever asks listens to too much already.
    """
    if visit.service.dispatcher.lanes.news.count(visit.who.id) >= MOST_STREAMS:
        says = f"{MOST_STREAMS} pages of yours are told of changes already."
        raise Problem(429, says, "Close one of them.", COME_AGAIN_S)
    headers = {"x-accel-buffering": "no"}  # a proxy passes each event on at once
    return StreamingResponse(events, 200, headers, "text/event-stream")


async def _until_verdict(visit: Visit) -> AsyncIterator[str]:
    service, number = visit.service, visit.handed.number
    lanes, ends_at = service.dispatcher.lanes, monotonic() + LONGEST_S
    before: dict[str, Any] = {}
    with lanes.news.listening(submission_topic(number), visit.who.id) as listener:
        while True:
            submission = await service.database.read(submission_numbered, number)
            if submission is None:
                return  # its person was forgotten meanwhile
            position = lanes.position(("", number)) if submission.is_waiting else None
            says = waiting_words(submission, position) if submission.is_waiting else ""
            now = {"state": submission.state.value, "position": position, "says": says}
            if not submission.is_waiting:
                yield _event("end", now)
                return
            yield _event("beat", {}) if now == before else _event("state", now)
            before = now
            await listener.wait(BEAT_S)
            if listener.is_over or monotonic() > ends_at:
                return


async def _each_change(visit: Visit) -> AsyncIterator[str]:
    news, ends_at = visit.service.dispatcher.lanes.news, monotonic() + LONGEST_S
    with news.listening(course_topic(visit.where.id), visit.who.id) as listener:
        yield _event("beat", {})
        while monotonic() < ends_at:
            has_changed = await listener.wait(BEAT_S)
            if listener.is_over:
                return
            yield _event("changed" if has_changed else "beat", {})
            await asyncio.sleep(PAUSE_S if has_changed else 0)


def _event(name: str, fields: Mapping[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(fields)}\n\n"
