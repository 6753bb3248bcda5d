"""Coming in and going: the first page, links that let in, and leaving."""

from typing import Final

from sqlalchemy import Connection
from starlette.responses import RedirectResponse, Response

from grader.service.database.courses import CourseRecord, all_courses, course_with, courses_of
from grader.service.database.credentials import (
    SESSION_S,
    EntryLink,
    end_session,
    enter,
    link_of,
)
from grader.service.database.lti.keyed import end_keyed
from grader.service.database.people import Person, Role, person_with
from grader.service.problems import Problem
from grader.service.service import Service
from grader.service.web.forms import fields_of
from grader.service.web.gate import cookie_name
from grader.service.web.rendering import html_page
from grader.service.web.rights import Visit

LONGEST: Final = 200
WORN_OUT: Final = "This link has been used, or it has ended."
ASK: Final = "Ask whoever gave it to you for a new one."


async def home(visit: Visit) -> Response:
    """Show the courses of whoever asks."""
    mine: list[tuple[CourseRecord, Role | None]] = []
    if visit.person is not None:
        mine = list(await visit.service.database.read(courses_of, visit.person.id))
    if visit.runs:
        known = {course.id for course, _ in mine}
        every = await visit.service.database.read(all_courses)
        mine += [(course, None) for course in every if course.id not in known]
    return html_page(visit, "grade", "home.html.jinja", courses=mine)


async def door(visit: Visit) -> Response:
    """Show what a link lets into; it is not used yet, since mail programs look at links too."""
    link, person, course = await visit.service.database.read(
        _behind, visit.request.path_params["secret"], visit.service.now()
    )
    if link is None:
        raise Problem(404, WORN_OUT, ASK)
    return html_page(visit, "Come in", "door.html.jinja", link=link, whom=person, course=course)


async def come_in(visit: Visit) -> Response:
    """Use a link: begin a session, and lead to the course."""
    fields = await fields_of(visit)
    name, email = (fields.get(field, "")[:LONGEST] for field in ("name", "email"))
    person = visit.person or Person("", name, email)
    secret = visit.request.path_params["secret"]
    database, now = visit.service.database, visit.service.now()
    link, _, _ = await database.read(_behind, secret, now)
    if link is not None and link.person_id is None and not (person.id or name):
        raise Problem(422, "Your name is missing.", "Go back, and write it.")
    session = await database.write(enter, secret, person, now)
    if session is None:
        raise Problem(404, WORN_OUT, ASK)
    place = f"/courses/{link.course_id}" if link and link.course_id else "/"
    response = RedirectResponse(place, 303)
    _set_cookie(visit.service, response, session)
    return response


async def leave(visit: Visit) -> Response:
    """End the session."""
    if visit.keyed is not None:
        await visit.service.database.write(end_keyed, visit.keyed)
        raise Problem(401, "You have left.", "To come back, open the exercise in your LMS.")
    secret = visit.request.cookies.get(cookie_name(visit.service), "")
    await visit.service.database.write(end_session, secret)
    response = RedirectResponse("/", 303)
    response.delete_cookie(cookie_name(visit.service), secure=visit.service.settings.is_secure)
    return response


def _set_cookie(service: Service, response: Response, session: str) -> None:
    response.set_cookie(
        cookie_name(service),
        session,
        max_age=int(SESSION_S),
        secure=service.settings.is_secure,
        httponly=True,
        samesite="lax",
    )


def _behind(
    connection: Connection, secret: str, at: float
) -> tuple[EntryLink | None, Person | None, CourseRecord | None]:
    link = link_of(connection, secret, at)
    if link is None:
        return None, None, None
    person = person_with(connection, link.person_id) if link.person_id else None
    course = course_with(connection, link.course_id) if link.course_id else None
    return link, person, course
