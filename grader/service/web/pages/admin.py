"""What whoever runs the service comes for: how it is, courses, tokens, a backup, old work."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp
from time import strftime
from typing import Final, NamedTuple

from sqlalchemy import Connection
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, RedirectResponse, Response

from grader.errors import GraderError
from grader.service.check import Finding, check
from grader.service.database.audit import AuditEntry
from grader.service.database.backup import back_up
from grader.service.database.courses import (
    Counting,
    CourseExercise,
    CourseRecord,
    all_courses,
    make_course,
)
from grader.service.database.credentials import DAY_S, ApiToken, all_tokens, revoke_token
from grader.service.database.people import people_with
from grader.service.database.privacy import remove_old_work
from grader.service.database.submissions import states
from grader.service.exercises import exercises_named
from grader.service.problems import Problem
from grader.service.web.forms import count, fields_of, required
from grader.service.web.pages.changes import write_noted
from grader.service.web.pages.teaching import LogLine, log_lines
from grader.service.web.rendering import html_page
from grader.service.web.rights import Visit

MOST_DAYS: Final = 36_500


class IssuedToken(NamedTuple):
    """A token that works, and whose it is."""

    token: ApiToken
    person_id: str
    person: str


class AdminView(NamedTuple):
    """What the admin's page shows.

    Attributes:
        courses: all of them.
        states: how many submissions are in each.
        tokens: those that work.
        log: the newest lines, of everything.
    """

    courses: list[CourseRecord]
    states: Mapping[str, int]
    tokens: list[IssuedToken]
    log: list[LogLine]


async def admin_page(visit: Visit) -> Response:
    """Show how the service is, and what may be done with it as a whole."""
    service = visit.service
    findings: list[Finding] = await run_in_threadpool(check, service.settings, service.shelf)
    return html_page(
        visit,
        "The service",
        "admin.html.jinja",
        view=await service.database.read(_view, service.now()),
        findings=findings,
        lanes=service.dispatcher.lanes.lengths,
        tracks=sorted({path.partition("/")[0] for path in service.shelf.paths}),
    )


async def new_course(visit: Visit) -> Response:
    """Make a course of exercises or tracks that are named, and lead to it."""
    fields, service = await fields_of(visit), visit.service
    name = required(fields, "name", "The course has no name.")
    words = required(fields, "exercises", "No exercises were named.").replace(",", " ").split()
    counts: Counting = "best" if fields.get("counts") == "best" else "newest"
    course = CourseRecord(name, fields.get("title") or name, counts)
    entry = AuditEntry("make course", visit.who.id, None, says=name, at=service.now())
    try:
        paths = await run_in_threadpool(exercises_named, tuple(words), service.settings.homes)
        exercises = [CourseExercise(path) for path in paths]
        await write_noted(visit, entry, make_course, course, exercises, service.now())
    except GraderError as error:
        raise Problem(422, f"{error.message}.", error.hint) from error
    return RedirectResponse(f"/courses/{name}/people", 303)


async def remove_old(visit: Visit) -> Response:
    """Remove files and reports that are older than so many days; marks stay."""
    days = count(await fields_of(visit), "days", 0, MOST_DAYS)
    now = visit.service.now()
    entry = AuditEntry("retention", visit.who.id, says=f"{days} days", at=now)
    await write_noted(visit, entry, remove_old_work, now - days * DAY_S)
    return RedirectResponse("/admin", 303)


async def revoke_anybodys(visit: Visit) -> Response:
    """Make a token of anybody's useless."""
    token, now = visit.request.path_params["token"], visit.service.now()
    found = [
        one for one in await visit.service.database.read(_issued, now) if one.token.id == token
    ]
    if not found:
        raise Problem(409, "There is no such token, or it works no more.")
    whose = found[0].person_id
    entry = AuditEntry("revoke token", visit.who.id, None, whose, says=found[0].token.label, at=now)
    await write_noted(visit, entry, revoke_token, token, whose, now)
    return RedirectResponse("/admin", 303)


async def backup(visit: Visit) -> Response:
    """Send everything that the service knows, as one file."""
    folder = Path(mkdtemp())
    file = folder / "backup.sqlite3"
    try:
        await run_in_threadpool(back_up, visit.service.settings.database, file)
    except Exception:
        _remove(folder)
        raise
    name = f"grade-{strftime('%Y-%m-%d')}.sqlite3"
    return FileResponse(
        file, filename=name, media_type="application/octet-stream",
        background=BackgroundTask(_remove, folder),
    )  # fmt: skip


def _remove(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()


def _view(connection: Connection, now: float) -> AdminView:
    return AdminView(
        all_courses(connection), states(connection), _issued(connection, now), log_lines(connection)
    )


def _issued(connection: Connection, now: float) -> list[IssuedToken]:
    tokens = all_tokens(connection, now)
    people = people_with(connection, {one.person_id for one in tokens})
    return [IssuedToken(one, one.person_id, people[one.person_id].shown) for one in tokens]
