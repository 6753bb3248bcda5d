"""When things were handed in, as each system writes it, and which of two is later."""

import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import TypeAlias

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


def brightspaces(text: str) -> str:
    """Return "Oct 10, 2026 1022 AM" as ISO 8601; as it is where it is no date."""
    day, _, rest = text.rpartition(", ")
    year, clock, half = rest.split()
    return _iso(f"{day}, {year} {int(clock):04} {half}", "%b %d, %Y %I%M %p") or text


def nbgraders(text: str) -> str:
    """Return "2026-10-10 10:22:00.000000 UTC" as ISO 8601; as it is where it is no date."""
    plain = text.removesuffix(" UTC") + ("+00:00" if text.endswith(" UTC") else "")
    with suppress(ValueError):
        return datetime.fromisoformat(plain).isoformat()
    return text


def _iso(text: str, form: str) -> str:
    with suppress(ValueError):
        return datetime.strptime(text, form).isoformat()
    return ""
