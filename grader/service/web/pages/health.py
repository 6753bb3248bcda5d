"""Whether the service is well, for whatever watches it."""

from collections.abc import Iterator, Mapping
from typing import Final

from sqlalchemy import text
from starlette.responses import JSONResponse, Response

from grader import __version__
from grader.service.database.submissions import State, states
from grader.service.queue.dispatcher import Dispatcher
from grader.service.web.rights import Visit

ENDS: Final = (State.GRADED, State.BY_HAND, State.OURS)


async def health(visit: Visit) -> Response:
    """Say that the database answers, and how much waits."""
    await visit.service.database.read(lambda one: one.execute(text("SELECT 1")).scalar())
    waiting = visit.service.dispatcher.lanes.lengths
    return JSONResponse({"status": "ok", "version": __version__, "waiting": waiting})


async def metrics(visit: Visit) -> Response:
    """Return counts, as Prometheus reads them; nobody's name is in them."""
    known = await visit.service.database.read(states)
    lines = _lines(known, visit.service.dispatcher)
    return Response("\n".join(lines) + "\n", 200, None, "text/plain; version=0.0.4")


def _lines(known: Mapping[str, int], dispatcher: Dispatcher) -> Iterator[str]:
    lanes, tally = dispatcher.lanes, dispatcher.tally
    yield from _metric("submissions", "Submissions by state.", known, "state")
    yield from _metric("queue", "Submissions that wait in a lane, or run.", lanes.lengths, "lane")
    oldest = "Since when the oldest submission of a lane waits."
    yield from _metric("queue_oldest_seconds", oldest, lanes.oldest_s, "lane")
    results = {state.value: tally.results[state] for state in ENDS}
    yield from _metric("gradings_total", "Gradings by what they came to.", results, "result")
    deaths = "Workers that died with a submission in hand."
    yield from _metric("worker_deaths_total", deaths, {"": tally.deaths})
    slow = "Submissions that were given to the slow lane."
    yield from _metric("slow_total", slow, {"": tally.slow})
    seconds = "Seconds that workers had a submission in hand."
    yield from _metric("worker_seconds_total", seconds, {"": tally.seconds})


def _metric(name: str, says: str, values: Mapping[str, float], label: str = "") -> Iterator[str]:
    """Return a metric as Prometheus reads it, one line for each value of its label."""
    yield f"# HELP grade_{name} {says}"
    yield f"# TYPE grade_{name} {'counter' if name.endswith('_total') else 'gauge'}"
    for word, value in values.items():
        labels = f'{{{label}="{word}"}}' if label else ""
        yield f"grade_{name}{labels} {value:.10g}"
