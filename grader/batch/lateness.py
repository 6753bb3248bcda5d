"""What being late costs: a grace, so many per cent for each day begun, and a cap."""

from datetime import datetime, timedelta
from math import ceil
from typing import NamedTuple

from grader.errors import Misused
from grader.marks import Mark

DAY_S = 24 * 60 * 60.0
BY_HAND = "handed in late; by how much is not known, so nothing is taken away"


class NoDate(Misused):
    """A text is no date and time."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text!r} is no date and time", hint="write it as 2026-10-10T23:59 or with its +02:00"
        )


class Policy(NamedTuple):
    """When submissions are due, and what it costs to be late.

    Attributes:
        due: when; None where nobody said so, and nothing is late by the clock.
        grace_min: so many minutes later is still in time.
        per_day: per cent of the points, for each day begun after that.
        cap: per cent of the points at most.
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
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise NoDate(text) from error
    return found if found.tzinfo else found.astimezone()


def on_time(mark: Mark, policy: Policy) -> Mark:
    """Return a mark with what being late costs it, and says so."""
    if policy.due is None:
        return mark
    mark = mark._replace(due=policy.due.isoformat())
    if not mark.timestamp:
        return _told(mark, BY_HAND) if mark.late else mark
    over = moment(mark.timestamp) - policy.due
    if over <= timedelta(minutes=policy.grace_min):
        return mark._replace(late=False)
    days = ceil((over.total_seconds() - policy.grace_min * 60) / DAY_S)
    return _cheaper(mark._replace(late=True), min(policy.cap, policy.per_day * days), over)


def _cheaper(mark: Mark, per_cent: float, over: timedelta) -> Mark:
    if mark.raw_score is None:
        return mark
    penalty = round(mark.raw_score * per_cent / 100, 6)
    costs = f": {per_cent:g} % less" if per_cent else ""
    cheaper = mark._replace(score=mark.raw_score - penalty, penalty=penalty)
    return _told(cheaper, f"{_long(over)} late{costs}")


def _told(mark: Mark, says: str) -> Mark:
    return mark._replace(comment="; ".join(filter(None, (mark.comment, says))))


def _long(over: timedelta) -> str:
    """Return a time in its two largest units."""
    minutes = int(over.total_seconds() // 60)
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(days, "day"), (hours, "hour"), (minutes, "minute")]
    told = [f"{count} {unit}{'s' * (count != 1)}" for count, unit in parts if count][:2]
    return " ".join(told) or "less than a minute"
