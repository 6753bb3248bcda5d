"""The application: every route of the table behind the gate, and what goes out with each answer."""

import json
import logging
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from secrets import token_hex
from time import perf_counter

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from grader.service.problems import Problem, nothing_here
from grader.service.service import Service
from grader.service.web.body_limit import BodyLimit
from grader.service.web.gate import RouteRow, visit_of
from grader.service.web.keyed_addresses import KeyedAddresses
from grader.service.web.rendering import problem_page
from grader.service.web.rights import Visit

log = logging.getLogger("grade.web")

ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # with none at all, browsers hide the origin of forms too
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
YEAR_S = 31_536_000
API = "/v1/"


def application(service: Service, rows: Iterable[RouteRow]) -> Starlette:
    """Return the application.

    Args:
        service: that it serves.
        rows: the table of routes.
    """
    routes = [Route(row.path, _endpoint(service, row), methods=[row.method]) for row in rows]
    limit = Middleware(BodyLimit, most_bytes=service.settings.most_bytes)
    return Starlette(
        routes=routes,
        middleware=[Middleware(KeyedAddresses), limit],
        exception_handlers={HTTPException: _no_route(service), Problem: _no_route(service)},
    )


def _endpoint(service: Service, row: RouteRow) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        began, number = perf_counter(), token_hex(8)
        visit = None
        try:
            visit = await visit_of(service, request, row)
            response = await row.handler(visit)
        except ClientDisconnect:
            response = Response(status_code=400)
        except Exception as error:  # whatever it is, whoever asked reads a page
            response = problem_response(visit, request, _problem(error, number))
        _complete(service, response, number)
        _log(row, response.status_code, number, perf_counter() - began)
        return response

    return endpoint


def problem_response(visit: Visit | None, request: Request, problem: Problem) -> Response:
    """Return a problem as whoever asked can read it: a page, or JSON for a program."""
    if not request.url.path.startswith(API):
        return problem_page(visit, problem)
    fields = {"type": "about:blank", "title": problem.title, "status": problem.status}
    text = json.dumps({**fields, "detail": problem.says, "hint": problem.hint})
    headers = {"retry-after": str(problem.retry_s)} if problem.retry_s else {}
    if problem.status == 401:
        headers["www-authenticate"] = "Bearer"
    return Response(text, problem.status, headers, "application/problem+json")


def _problem(error: Exception, number: str) -> Problem:
    """Return what to tell of an exception."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, HTTPException):
        return nothing_here() if error.status_code == 404 else _of_the_web(error)
    log.exception("request %s", number, exc_info=error)
    if isinstance(error, SQLAlchemyError):
        says = "The database does not answer; nothing that was handed in before is lost."
        return Problem(503, says, "Try it again in a moment.", 5)
    return Problem(500, f"Something is wrong here, and it is not you (request {number}).")


def _of_the_web(error: HTTPException) -> Problem:
    """Return what to tell of a request that no page is asked with."""
    if error.status_code == 405:
        return Problem(405, "This address is not asked in that way.")
    return Problem(error.status_code, error.detail)


def _no_route(service: Service) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def handler(request: Request, error: Exception) -> Response:
        number = token_hex(8)
        response = problem_response(None, request, _problem(error, number))
        if isinstance(error, HTTPException) and error.headers:
            response.headers.update(error.headers)
        _complete(service, response, number)
        return response

    return handler


def _complete(service: Service, response: Response, number: str) -> None:
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    response.headers["x-request-id"] = number
    if service.settings.is_secure:
        response.headers["strict-transport-security"] = f"max-age={YEAR_S}"


def _log(row: RouteRow, status: int, number: str, seconds: float) -> None:
    """Write a line about a request: the route and not the address, which names people's work."""
    with suppress(Exception):
        log.info(
            "%s %s %s",
            row.method,
            row.path,
            status,
            extra={"request": number, "ms": round(seconds * 1000, 1)},
        )
