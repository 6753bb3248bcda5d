"""When things were handed in, as each system writes it, and which of two is later."""

import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import TypeAlias

from grader.submissions.intake.moments import iso_of

Order: TypeAlias = tuple[bool, list[int], str]


def order(text: str) -> Order:
    """Return the numbers of a moment in their order, of which a later one has more.

    A text without any number comes first. Moments with an offset are compared in UTC.
    """
    with suppress(ValueError, OverflowError):
        moment = datetime.fromisoformat(text)
        if moment.tzinfo:
            text = moment.astimezone(UTC).replace(tzinfo=None).isoformat()
    numbers = [int(digits[:18]) for digits in re.findall(r"\d+", text)]
    return bool(numbers), numbers, text


def is_clear(text: str) -> bool:
    """Return whether the numbers of a moment stand in their order: year, month, day and so on."""
    return not text or re.match(r"\d{4}", text) is not None


def blackboards(text: str) -> str:
    """Return "2026-10-10-10-22-00" as ISO 8601; as it is where it is no date."""
    return _iso(text, "%Y-%m-%d-%H-%M-%S") or text


def readable(text: str) -> str:
    """Return a moment as ISO 8601, in whatever form it is; as it is where it is no date."""
    return iso_of(text) or text


def _iso(text: str, form: str) -> str:
    with suppress(ValueError):
        return datetime.strptime(text, form).isoformat()
    return ""
