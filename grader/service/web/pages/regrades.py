"""Regrades: begun for an exercise, looked at, published, and taken back where that was wrong."""

from typing import Final

from starlette.responses import RedirectResponse, Response

from grader.service.database.people import people_with
from grader.service.database.regrades import Regrade, RegradeState, drop, regrade_with
from grader.service.problems import Problem, nothing_here
from grader.service.regrading import (
    Preview,
    preview,
    publish_regrade,
    regrade,
    undo_regrade,
)
from grader.service.web.forms import fields_of, required
from grader.service.web.pages.teaching import titles_in
from grader.service.web.rendering import html_page
from grader.service.web.rights import Visit

REFRESH_S: Final = 3


async def begin(visit: Visit) -> Response:
    """Begin to grade an exercise again."""
    fields = await fields_of(visit)
    path = required(fields, "exercise", "No exercise was chosen.")
    reason = required(fields, "comment", "The reason is missing: students read it.")
    if path not in await titles_in(visit):
        raise Problem(422, "This exercise is not in the course.")
    made = await regrade(visit.service, visit.where, path, visit.who.id, reason)
    return RedirectResponse(_address(made), 303)


async def regrade_page(visit: Visit) -> Response:
    """Show what a regrade would change, or has changed."""
    shown = await preview_of(visit)
    ids = [change.student for change in shown.changes.changes]
    people = await visit.service.database.read(people_with, ids)
    return html_page(
        visit,
        f"Regrade of {shown.regrade.exercise}",
        "regrade.html.jinja",
        shown=shown,
        people=people,
        **({"again_after": REFRESH_S} if shown.regrade.state is RegradeState.RUNNING else {}),
    )


async def publish(visit: Visit) -> Response:
    """Have a regrade count."""
    return await _do(visit, publish_regrade)


async def undo(visit: Visit) -> Response:
    """Have what counted before count again."""
    return await _do(visit, undo_regrade)


async def throw_away(visit: Visit) -> Response:
    """Have a regrade never count."""
    made = (await preview_of(visit)).regrade
    if not await visit.service.database.write(drop, made.id):
        raise Problem(409, "This regrade counts, or has counted: take it back instead.")
    return RedirectResponse(f"/courses/{visit.where.id}/people", 303)


async def preview_of(visit: Visit) -> Preview:
    """Return what the regrade of an address would change.

    Raises:
        Problem: the course has no such regrade.
    """
    name = visit.request.path_params["regrade"]
    database, course = visit.service.database, visit.where
    made = await database.read(regrade_with, course.id, name)
    if made is None:
        raise nothing_here()
    return await database.read(preview, course, await titles_in(visit), made)


async def _do(visit: Visit, change: object) -> Response:
    shown = await preview_of(visit)
    by, now = visit.who.id, visit.service.now()
    await visit.service.database.write(change, shown, by, now)  # type: ignore[arg-type]
    return RedirectResponse(_address(shown.regrade), 303)


def _address(made: Regrade) -> str:
    return f"/courses/{made.course_id}/regrades/{made.id}"
