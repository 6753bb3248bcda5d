"""The description of the API, OpenAPI 3.1, made from the table of routes: it cannot fall behind."""

import re
from collections.abc import Iterable
from typing import Any, Final

from starlette.responses import Response

from grader import __version__
from grader.service.api.answers import json_answer
from grader.service.database.courses import HiddenFor
from grader.service.web.gate import RouteRow
from grader.service.web.rights import Right, Visit

NAME: Final = re.compile(r"\{(\w+)(?::\w+)?\}")
PROBLEM: Final = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "hint": {"type": "string"},
    },
}
TEXT: Final = {"type": "string", "minLength": 1}
FILE: Final = {"schema": {"type": "string", "format": "binary"}}
UPLOAD: Final = {
    "multipart/form-data": {
        "schema": {"type": "object", "properties": {"file": FILE["schema"]}, "required": ["file"]}
    },
    "text/x-python": FILE,
    "application/x-ipynb+json": FILE,
    "application/zip": FILE,
}
BODIES: Final[dict[str, dict[str, Any]]] = {
    "submissions": UPLOAD,
    "override": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["exercise", "comment"],
                "properties": {
                    "exercise": TEXT,
                    "check": {"type": "string"},
                    "score": {"type": ["number", "null"], "minimum": 0},
                    "comment": TEXT,
                },
            }
        }
    },
    "hidden": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["hidden_for"],
                "properties": {"hidden_for": {"enum": [*HiddenFor]}},
            }
        }
    },
    "regrades": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["exercise", "comment"],
                "properties": {"exercise": TEXT, "comment": TEXT},
            }
        }
    },
}
"""What a request holds, by the last word of its path."""

CREATES: Final = {"submissions": ("201", "202"), "regrades": ("202",)}


def description(rows: Iterable[RouteRow]) -> dict[str, Any]:
    """Return the description of every route under /v1."""
    paths: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row.path.startswith("/v1/"):
            paths.setdefault(NAME.sub(r"{\1}", row.path), {})[row.method.lower()] = _operation(row)
    return {
        "openapi": "3.1.0",
        "info": {"title": "grade", "version": __version__},
        "paths": paths,
        "components": {
            "schemas": {"Problem": PROBLEM},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def answers_with(document: dict[str, Any]) -> Any:
    """Return a handler that sends a description."""

    async def handler(visit: Visit) -> Response:
        return json_answer(visit, document)

    return handler


def _operation(row: RouteRow) -> dict[str, Any]:
    last = row.path.rpartition("/")[2]
    says = (row.handler.__doc__ or "").partition("\n")[0].rstrip(".")
    needs = f"For {row.right.value}. Scope: {' or '.join(row.scopes) or 'none'}."
    names = NAME.findall(row.path)
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    good = CREATES.get(last, ("200",)) if row.method == "POST" else ("200",)
    operation: dict[str, Any] = {
        "summary": says,
        "description": needs,
        "operationId": f"{row.method.lower()}_{'_'.join(re.findall(r'[a-z]+', row.path)[1:])}",
        "parameters": [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
            for name in names
        ],
        "responses": {
            **{status: {"description": "done"} for status in good},
            "default": {"description": "a problem (RFC 9457)", "content": content},
        },
    }
    if row.method in ("POST", "PUT") and last in BODIES:
        operation["requestBody"] = {"required": True, "content": BODIES[last]}
    if row.right is Right.ANYONE:
        operation["security"] = []
    return operation
