"""Answers of the API: JSON with an ETag, and what is asked in JSON."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

from starlette.responses import Response

from grader.service.problems import Problem
from grader.service.web.forms import storable
from grader.service.web.rights import Visit

LONGEST_TEXT: Final = 4000


def json_answer(visit: Visit, fields: object, status: int = 200) -> Response:
    """Return an answer; whoever has it already is told so, and gets nothing twice."""
    text = json.dumps(fields, ensure_ascii=False)
    tag = f'"{sha256(text.encode()).hexdigest()[:32]}"'
    headers = {"etag": tag}
    if status == 200 and tag in visit.request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(text, status, headers, "application/json")


async def asked_in_json(visit: Visit) -> dict[str, Any]:
    """Return the object that a request holds.

    Raises:
        Problem: it holds none.
    """
    try:
        sent = json.loads(await visit.request.body() or b"{}")
    except (ValueError, RecursionError) as error:
        raise Problem(400, "The body is no JSON.") from error
    if not isinstance(sent, dict):
        raise Problem(422, "The body is no JSON object.")
    return sent


def text_in(sent: Mapping[str, Any], name: str, *, required: bool = True) -> str:
    """Return a text of a request.

    Raises:
        Problem: it is missing, or no text.
    """
    value = sent.get(name, "")
    if not isinstance(value, str) or (required and not value.strip()):
        raise Problem(422, f"{name} has to be a text.")
    return storable(value).strip()[:LONGEST_TEXT]


def whole_number(visit: Visit, name: str, usual: int, most: int) -> int:
    """Return a number of the query.

    Raises:
        Problem: it is none.
    """
    text = visit.request.query_params.get(name, str(usual))
    if not (text.isascii() and text.isdigit()) or int(text[:12]) > most:
        raise Problem(422, f"{name} has to be a number up to {most}.")
    return int(text)
