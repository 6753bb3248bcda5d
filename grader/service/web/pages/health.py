"""Whether the service is well, for whatever watches it."""

from sqlalchemy import text
from starlette.responses import JSONResponse, Response

from grader import __version__
from grader.service.web.rights import Visit


async def health(visit: Visit) -> Response:
    """Say that the database answers, and how much waits."""
    await visit.service.database.read(lambda one: one.execute(text("SELECT 1")).scalar())
    waiting = visit.service.dispatcher.lanes.lengths
    return JSONResponse({"status": "ok", "version": __version__, "waiting": waiting})
