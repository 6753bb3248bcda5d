"""Reads the fields of a form: bounded, and told what is missing in it."""

from collections.abc import Mapping
from datetime import datetime
from math import isfinite
from typing import Final

from grader.service.problems import Problem
from grader.service.web.rights import Visit

LONGEST: Final = 4000
MOST_FIELDS: Final = 20


async def fields_of(visit: Visit) -> dict[str, str]:
    """Return the fields of the form that was sent."""
    async with visit.request.form(max_files=0, max_fields=MOST_FIELDS) as form:
        sent = {name: value for name, value in form.items() if isinstance(value, str)}
    return {name: storable(value).strip()[:LONGEST] for name, value in sent.items()}


def storable(text: str) -> str:
    """Return a text that every database takes: without zeros, and without halves of characters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def required(fields: Mapping[str, str], name: str, says: str) -> str:
    """Return a field that has to be there.

    Raises:
        Problem: it is missing.
    """
    value = fields.get(name, "")
    if not value:
        raise Problem(422, says, "Go back; what you wrote is still there.")
    return value


def points(fields: Mapping[str, str], name: str) -> float | None:
    """Return a number of points, None where the field is empty.

    Raises:
        Problem: it is no number of them.
    """
    text = fields.get(name, "").replace(",", ".")
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not isfinite(number) or number < 0:
        raise Problem(422, f"{text} is no number of points.", "Write 0 or more: 4.5")
    return number


def count(fields: Mapping[str, str], name: str, usual: int, most: int) -> int:
    """Return a whole number from 1 to `most`.

    Raises:
        Problem: it is none.
    """
    text = fields.get(name, "") or str(usual)
    if not text.isdecimal() or not 1 <= int(text[:9]) <= most:
        raise Problem(422, f"{text} is no number from 1 to {most}.")
    return int(text)


def moment(fields: Mapping[str, str], name: str, says: str) -> float:
    """Return a time in seconds since 1970; one without its offset is of this machine's zone.

    Raises:
        Problem: there is none, or it is no time.
    """
    text = required(fields, name, says)
    try:
        return datetime.fromisoformat(text).astimezone().timestamp()
    except (ValueError, OverflowError) as error:
        raise Problem(422, f"{text} is no date and time.", "Write 2026-10-10T23:59.") from error
