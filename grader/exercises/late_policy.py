"""The late policy of an exercise: when submissions are due, and the price of being late."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from grader.errors import Misused


class NoDate(Misused):
    """A text is no date and time."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text!r} is no date and time", hint="write it as 2026-10-10T23:59 or with its +02:00"
        )


class NoDue(Misused):
    """A price of late work is given, and no due date."""

    def __init__(self, options: Iterable[str]) -> None:
        super().__init__(
            f"{' and '.join(options)} without a date: nothing says when it was due",
            hint="add --due 2026-10-10T23:59, or `late` to the exercise's exercise.toml",
        )


class LatePolicy(NamedTuple):
    """The rules for late submissions, of an exercise or of the command line.

    Attributes:
        due: when; None where nobody said so, and nothing is late by the clock.
        grace_min: so many minutes later is still in time.
        per_day: per cent of the points, for each day begun after that.
        cap: per cent of the points at most, 100 or less.
    """

    due: datetime | None = None
    grace_min: float = 0.0
    per_day: float = 0.0
    cap: float = 100.0


def moment(text: str) -> datetime:
    """Return a date and time; one without its offset is of this machine's zone.

    Raises:
        NoDate: it is none.
    """
    try:
        time = datetime.fromisoformat(text)
    except ValueError as error:
        raise NoDate(text) from error
    return with_offset(time)


def with_offset(time: datetime) -> datetime:
    """Return a time with its offset; one without is of this machine's zone.

    Raises:
        NoDate: it is at an end of the calendar, where not every zone has a time.
    """
    try:
        zoned = time if time.tzinfo else time.astimezone()
        zoned.astimezone(UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise NoDate(time.isoformat()) from error
    return zoned
