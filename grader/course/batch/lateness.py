"""Takes from a mark what being late costs, and says so."""

from datetime import timedelta
from math import ceil

from grader.course.marks import Mark
from grader.exercises.late_policy import LatePolicy, NoDate, moment

DAY_S = 24 * 60 * 60.0
ALL = 100.0  # per cent
BY_HAND = "handed in late; by how much is not known, so nothing is taken away"
UNCLEAR = "when it was handed in is not clear from {!r}, so nothing is taken away"


def with_late_penalty(mark: Mark, deadline: LatePolicy) -> Mark:
    """Return a mark with what being late costs it, and says so."""
    if deadline.due is None:
        return mark
    mark = mark._replace(due=deadline.due.isoformat())
    if not mark.timestamp:
        return _with_comment(mark, BY_HAND) if mark.late else mark
    try:
        over = moment(mark.timestamp) - deadline.due
    except NoDate:
        return _with_comment(mark, UNCLEAR.format(mark.timestamp))
    after_s = over.total_seconds() - deadline.grace_min * 60
    if after_s <= 0:
        return mark._replace(late=False)
    per_cent = min(deadline.cap, deadline.per_day * ceil(after_s / DAY_S), ALL)
    return _cheaper(mark._replace(late=True), per_cent, over)


def is_undated(mark: Mark) -> bool:
    """Return whether it is unknown when something was handed in that was due at some time."""
    if not mark.due:
        return False
    try:
        return not mark.timestamp or not moment(mark.timestamp)
    except NoDate:
        return True


def _cheaper(mark: Mark, per_cent: float, over: timedelta) -> Mark:
    if mark.raw_score is None:
        return mark
    penalty = round(mark.raw_score * per_cent / 100, 6)
    costs = f": {per_cent:g} % less" if per_cent else ""
    cheaper = mark._replace(score=mark.raw_score - penalty, penalty=penalty)
    return _with_comment(cheaper, f"{_long(over)} late{costs}")


def _with_comment(mark: Mark, says: str) -> Mark:
    return mark._replace(comment="; ".join(filter(None, (mark.comment, says))))


def _long(over: timedelta) -> str:
    """Return a time in its two largest units."""
    minutes = int(over.total_seconds() // 60)
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(days, "day"), (hours, "hour"), (minutes, "minute")]
    words = [f"{count} {unit}{'s' * (count != 1)}" for count, unit in parts if count][:2]
    return " ".join(words) or "less than a minute"
