"""The gate that every request passes: who asks, what for, and whether they may."""

from collections.abc import Awaitable, Callable
from typing import Final, NamedTuple

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from grader.service.database.courses import course_with, exercise_in
from grader.service.database.credentials import ApiToken, person_in_session, token_of
from grader.service.database.lti.keyed import KeyedSession, keyed_session, prolong
from grader.service.database.people import Person, person_with, role_in, was_in
from grader.service.database.submissions import submission_with
from grader.service.problems import Problem, nothing_here
from grader.service.service import Service
from grader.service.web.keyed_addresses import SCOPE, KeyedScope
from grader.service.web.rights import Right, Visit, is_allowed

SAFE: Final = ("GET", "HEAD")
BEARER: Final = "bearer "
HARMLESS_SITES: Final = ("same-origin", "none")

Handler = Callable[[Visit], Awaitable[Response]]


class RouteRow(NamedTuple):
    """A line of the table of routes.

    Attributes:
        method: of HTTP.
        path: with the names of what it is about.
        handler: answers.
        right: who may ask.
        scopes: of which a token needs one; none where no token is taken.
    """

    method: str
    path: str
    handler: Handler
    right: Right
    scopes: tuple[str, ...] = ()


async def visit_of(service: Service, request: Request, row: RouteRow) -> Visit:
    """Return the visit that a request makes.

    Raises:
        Problem: it may not: nobody is known (401), another site sent it (403), or what it is about
            does not exist, or must not be known to (404).
    """
    if any("\0" in str(value) for value in request.path_params.values()):
        raise nothing_here()  # no name has one, and PostgreSQL takes none in a question
    token, key = _token_in(request), keyed_scope(request).key
    if not token and not key and request.method not in SAFE and row.right is not Right.LMS:
        refuse_foreign(request, service.settings.url)
    visit = await service.database.read(_with_names, Visit(service, request), token)
    if key:
        await _go_on(visit)
    if token is not None and row.right is not Right.ANYONE:
        _refuse_token(visit.token, row)
    if not is_allowed(row.right, visit):
        if visit.person is None:
            raise Problem(401, "You have to come in first.", "Use the link that you were given.")
        raise nothing_here()
    if "exercise" in request.path_params and visit.exercise is None:
        raise nothing_here()
    return visit


def keyed_scope(request: Request) -> KeyedScope:
    """Return what a request's address says of its session."""
    found = request.scope.get(SCOPE)
    return found if isinstance(found, KeyedScope) else KeyedScope("", "")


async def _go_on(visit: Visit) -> None:
    """Have a session whose key is in the address go on, and its page be framed by its LMS alone.

    Raises:
        Problem: it has ended.
    """
    if visit.keyed is None:
        raise Problem(401, "This page was open for too long.", "Open it again in your LMS.")
    keyed_scope(visit.request).frames = visit.keyed.frames
    if visit.keyed.is_short(visit.service.now()):
        await visit.service.database.write(prolong, visit.keyed, visit.service.now())


def cookie_name(service: Service) -> str:
    """Return the name of the session's cookie: with TLS, one that no other host can set."""
    return "__Host-grade" if service.settings.is_secure else "grade"


def refuse_foreign(request: Request, own: str) -> None:
    """Refuse a request that changes something and that another site has sent.

    Raises:
        Problem: it may be one.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:  # no script can set it, and every browser since 2023 does
        if site not in HARMLESS_SITES:
            raise Problem(
                403, "Another site has sent this.", "Open the page here, and do it there."
            )
    elif origin is None:
        raise Problem(403, "It is not clear which site has sent this.", "Use a newer browser.")
    elif origin != own:
        hint = f"This service is at {own}; use this address."
        raise Problem(403, "This was sent from another address.", hint)


def _refuse_token(token: ApiToken | None, row: RouteRow) -> None:
    if token is None:
        raise Problem(401, "This token is unknown, has ended, or was revoked.", "Make a new one.")
    if not set(row.scopes) & set(token.scopes):
        needs = f"It needs the scope {' or '.join(row.scopes)}."
        needs = needs if row.scopes else "This is for people alone."
        raise Problem(403, "This token is not for that.", needs)


def _token_in(request: Request) -> str | None:
    says = request.headers.get("authorization", "")
    return says[len(BEARER) :].strip() if says.lower().startswith(BEARER) else None


def _with_names(connection: Connection, visit: Visit, secret: str | None) -> Visit:
    """Return a visit with what its credentials and its address name, as far as it exists."""
    names = visit.request.path_params
    person, token, keyed = _asking(connection, visit, secret)
    visit = visit._replace(person=person, token=token, keyed=keyed)
    submission = None
    if "submission" in names:
        submission = submission_with(connection, names["submission"])
    course_id = submission.course_id if submission else names.get("course")
    course = course_with(connection, course_id) if course_id else None
    if course is None or ("submission" in names and submission is None):
        return visit
    if "person" in names and not was_in(connection, course.id, names["person"]):
        return visit
    role = role_in(connection, course.id, person.id) if person else None
    path = submission.exercise if submission else f"{names.get('track')}/{names.get('exercise')}"
    exercise = exercise_in(connection, course.id, path)
    return visit._replace(role=role, course=course, exercise=exercise, submission=submission)


def _asking(
    connection: Connection, visit: Visit, secret: str | None
) -> tuple[Person | None, ApiToken | None, KeyedSession | None]:
    """Return who asks, and by what; nobody where a token or a session is not known."""
    now, key = visit.service.now(), keyed_scope(visit.request).key
    if secret is not None:
        token = token_of(connection, secret, now)
        return person_with(connection, token.person_id) if token else None, token, None
    if key:
        found = keyed_session(connection, key, now)
        return (found[1], None, found[0]) if found else (None, None, None)
    session = visit.request.cookies.get(cookie_name(visit.service), "")
    return person_in_session(connection, session, now) if session else None, None, None
