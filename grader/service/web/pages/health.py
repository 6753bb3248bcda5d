"""Whether the service is well, for whatever watches it."""

from collections.abc import Iterator

from sqlalchemy import text
from starlette.responses import JSONResponse, Response

from grader import __version__
from grader.service.database.submissions import states
from grader.service.web.rights import Visit


async def health(visit: Visit) -> Response:
    """Say that the database answers, and how much waits."""
    await visit.service.database.read(lambda one: one.execute(text("SELECT 1")).scalar())
    waiting = visit.service.dispatcher.lanes.lengths
    return JSONResponse({"status": "ok", "version": __version__, "waiting": waiting})


async def metrics(visit: Visit) -> Response:
    """Return counts, as Prometheus reads them; nobody's name is in them."""
    known = await visit.service.database.read(states)
    lines = _lines(known, visit.service.dispatcher.lanes.lengths)
    return Response("\n".join(lines) + "\n", 200, None, "text/plain; version=0.0.4")


def _lines(states_now: dict[str, int], lanes: dict[str, int]) -> Iterator[str]:
    yield "# HELP grade_submissions Submissions by state."
    yield "# TYPE grade_submissions gauge"
    for state, count in states_now.items():
        yield f'grade_submissions{{state="{state}"}} {count}'
    yield "# HELP grade_queue Submissions that wait in a lane, or run."
    yield "# TYPE grade_queue gauge"
    for lane, count in lanes.items():
        yield f'grade_queue{{lane="{lane}"}} {count}'
