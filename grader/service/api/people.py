"""People over the API: who one is, what is known of somebody, and forgetting it."""

from starlette.responses import Response

from grader.service.api.answers import json_answer
from grader.service.database.audit import AuditEntry, note
from grader.service.database.courses import courses_of
from grader.service.database.people import person_with
from grader.service.database.privacy import export_of, forget
from grader.service.problems import nothing_here
from grader.service.web.rights import Visit


async def me(visit: Visit) -> Response:
    """Return who asks, and which courses they are in."""
    person = visit.who
    mine = await visit.service.database.read(courses_of, person.id)
    courses = [{"course": one.id, "title": one.title, "role": role} for one, role in mine]
    scopes = list(visit.token.scopes) if visit.token else None
    return json_answer(visit, {**person._asdict(), "courses": courses, "scopes": scopes})


async def export(visit: Visit) -> Response:
    """Return everything that is known of somebody."""
    return json_answer(visit, await visit.service.database.read(export_of, await _whom(visit)))


async def forget_person(visit: Visit) -> Response:
    """Remove somebody with all of their work."""
    whom, now = await _whom(visit), visit.service.now()
    by = visit.who.id if visit.who.id != whom else None
    entry = AuditEntry("forget", by, at=now)
    gone = await visit.service.database.write(forget, whom, now)
    await visit.service.database.write(note, entry)
    return json_answer(visit, {"submissions": gone})


async def _whom(visit: Visit) -> str:
    person_id = str(visit.request.path_params["whom"])
    if await visit.service.database.read(person_with, person_id) is None:
        raise nothing_here()
    return person_id
