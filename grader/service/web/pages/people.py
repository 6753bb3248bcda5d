"""Who is in a course: a roster that is uploaded, and the role of somebody who is in it."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from sqlalchemy import Connection
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from grader.service.database.audit import AuditEntry
from grader.service.database.people import Person, Role, change_role, retire
from grader.service.problems import Problem
from grader.service.roster import RosterChange, UnreadPeople, enrol, people_in, retire_others
from grader.service.web.forms import fields_of
from grader.service.web.pages.changes import write_noted
from grader.service.web.rendering import html_page
from grader.service.web.rights import Visit

FIELDS: Final = 4
OUT: Final = "out"


async def upload_roster(visit: Visit) -> Response:
    """Add the people of a table to the course, and say how many that changes."""
    async with visit.request.form(max_files=1, max_fields=FIELDS) as form:
        others_leave = bool(form.get("others_leave"))
        given = await uploaded(form.get("file"), "Choose a table of people.")
    try:
        people = _people(given)
    except UnreadPeople as error:
        raise Problem(422, error.message, f"Hand in {error.hint}.") from error
    entry = AuditEntry("roster", visit.who.id, visit.where.id, says=f"{len(people)} people")
    entry = entry._replace(at=visit.service.now())
    change = await write_noted(visit, entry, _enrolled, visit, people, others_leave)
    return html_page(visit, "The roster", "roster.html.jinja", change=change, of=len(people))


async def set_role(visit: Visit) -> Response:
    """Give somebody in the course another role, or have them be in it no more."""
    fields, person = await fields_of(visit), visit.request.path_params["person"]
    word = fields.get("role", "")
    if word != OUT and word not in set(Role):
        raise Problem(422, "No role was chosen.")
    entry = AuditEntry("role", visit.who.id, visit.where.id, person, says=word)
    entry = entry._replace(at=visit.service.now())
    if word == OUT:
        change = write_noted(visit, entry, retire, visit.where.id, person)
    else:
        change = write_noted(visit, entry, change_role, visit.where.id, person, Role(word))
    await change
    return RedirectResponse(f"/courses/{visit.where.id}/people/{person}", 303)


async def uploaded(file: object, says: str) -> bytes:
    """Return the content of a file that was uploaded.

    Raises:
        Problem: there is none, or it is empty.
    """
    content = await file.read() if isinstance(file, UploadFile) else b""
    if not content:
        raise Problem(422, says, "It was empty, or nothing was chosen.")
    return content


def _people(content: bytes) -> list[tuple[Person, Role]]:
    with TemporaryDirectory() as folder:
        file = Path(folder, "roster.csv")
        file.write_bytes(content)
        try:
            return people_in(file)
        except UnreadPeople as error:
            error.message = error.message.replace(f"{folder}/", "")
            raise


def _enrolled(
    connection: Connection, visit: Visit, people: list[tuple[Person, Role]], others_leave: bool
) -> RosterChange:
    course, now = visit.where.id, visit.service.now()
    change = enrol(connection, course, people, now)
    if others_leave:
        change = change._replace(retired=retire_others(connection, course, people))
    return change
