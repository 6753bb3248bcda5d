"""When files were handed in, as the entries of an LMS's own zip are dated."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

TOGETHER_S: Final = 60.0
"""Files of several people that are dated so near one another were packed anew: it is no time of
handing in, but one of packing."""


def entry_time(parts: tuple[int, int, int, int, int, int]) -> str:
    """Return a zip entry's date as ISO 8601, "" where it is none; it names no zone."""
    try:
        return datetime(*parts).isoformat()
    except ValueError:
        return ""


def are_of_handing_in(latest: Sequence[str]) -> bool:
    """Return whether the latest dates of each student's entries are when they handed in."""
    moments = list(_moments(latest))
    if len(moments) < 2:
        return bool(moments)
    return (max(moments) - min(moments)).total_seconds() > TOGETHER_S


def _moments(dates: Iterable[str]) -> Iterable[datetime]:
    return (datetime.fromisoformat(date) for date in dates if date)
