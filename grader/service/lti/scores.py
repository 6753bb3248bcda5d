"""Sends a score to an LMS, and reads back what it has of it (Assignment and Grade Services 2.0)."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qs, quote, urlsplit, urlunsplit

from grader.service.database.lti.outbox import OutboxMark
from grader.service.database.lti.places import LmsCourse
from grader.service.lti.lms_web import is_usable
from grader.service.lti.platform_web import LmsCall, LmsRefusal, PlatformWeb
from grader.service.lti.scopes import LINEITEM, RESULT, SCORE

SUBMISSION: Final = "https://canvas.instructure.com/lti/submission"
SCORE_TYPE: Final = "application/vnd.ims.lis.v1.score+json"
COLUMN_TYPE: Final = "application/vnd.ims.lis.v2.lineitem+json"
COLUMNS_TYPE: Final = "application/vnd.ims.lis.v2.lineitemcontainer+json"
RESULTS_TYPE: Final = "application/vnd.ims.lis.v2.resultcontainer+json"
MOST_PAGES: Final = 200
UNSEEN: Final = "taken, and the LMS shows nothing of it yet"
NEAR: Final = 0.005
"""A share of the points: LMSs round to two decimals, of whatever they count."""


class ScoreToSend(NamedTuple):
    """A score, and whose: as the LMS knows them.

    Attributes:
        mark: the points.
        sub: whose.
        submitted_at: when what it is of was handed in; 0 where that is not known.
        is_new: whether the LMS should count one more attempt.
    """

    mark: OutboxMark
    sub: str
    submitted_at: float
    is_new: bool

    @property
    def body(self) -> dict[str, Any]:
        """What the LMS is sent."""
        mark = self.mark
        handed = _iso(self.submitted_at or mark.stamp)
        body: dict[str, Any] = {
            "userId": self.sub, "timestamp": _iso(mark.stamp), "activityProgress": "Submitted",
            "gradingProgress": "Pending" if mark.is_pending else "PendingManual",
            "submission": {"submittedAt": handed},
            SUBMISSION: {"new_submission": self.is_new, "submitted_at": handed},
        }  # fmt: skip
        if mark.score is not None:
            body |= {"scoreGiven": mark.score, "scoreMaximum": mark.max_score}
            body["gradingProgress"] = "FullyGraded"
        else:
            body[SUBMISSION]["preserve_score"] = True  # of somebody's there, whom Canvas shows not
        return body


class ScoreColumns:
    """The columns of marks of a course of an LMS's."""

    def __init__(self, web: PlatformWeb, course: LmsCourse) -> None:
        """Be ready to ask for them.

        Args:
            web: the LMS.
            course: in it.
        """
        self._web, self._course = web, course

    def may(self, scope: str) -> bool:
        """Return whether the LMS lets us do something."""
        return scope in self._course.scopes.split()

    async def find(self, exercise: str, title: str, points: float, now: float) -> str:
        """Return the address of an exercise's column, which is made where there is none.

        Raises:
            LmsRefusal, NoAccess, LmsSilent: there is none.
        """
        if not self._course.lineitems_url or not self.may(LINEITEM):
            raise LmsRefusal("the LMS has no column for this exercise, and lets us make none")
        joint = "&" if "?" in self._course.lineitems_url else "?"
        url = f"{self._course.lineitems_url}{joint}resource_id={quote(exercise, safe='')}"
        for _ in range(MOST_PAGES):
            answer = await self._web.ask(LmsCall(url, COLUMNS_TYPE, LINEITEM), now)
            for one in answer.json if isinstance(answer.json, list) else []:
                if isinstance(one, dict) and one.get("resourceId") == exercise:
                    return _column_url(one)
            url = answer.following
            if not is_usable(url):
                break
        made = {"label": title, "scoreMaximum": points, "resourceId": exercise}
        answer = await self._web.ask(
            LmsCall(self._course.lineitems_url, COLUMN_TYPE, LINEITEM, made), now
        )
        return _column_url(answer.json)

    async def send(self, url: str, score: ScoreToSend, now: float) -> None:
        """Send a score to a column.

        Raises:
            NotNewer: the LMS has one that is as new.
            LmsRefusal, NoAccess, LmsSilent: it does not take it, or not now.
        """
        await self._web.ask(LmsCall(_below(url, "scores"), SCORE_TYPE, SCORE, score.body), now)

    async def deliver(
        self, url: str, score: ScoreToSend, now: Callable[[], float], *, in_doubt: bool
    ) -> str:
        """Send a score to a column that has not come there, and return what is to be told of it.

        One without points goes nowhere where it would take some away.

        Raises:
            NotNewer: the LMS has one that is as new.
            LmsRefusal: it does not take it, or takes it and shows another; or a mark stands there.
            NoAccess, LmsSilent: not now.
        """
        mark, reads = score.mark, self.may(RESULT)
        if reads and (in_doubt or mark.score is None):
            found = await self._result(url, score.sub, now())
            if found is not None and _has_come(mark, found, in_doubt=in_doubt):
                return ""
            if found is not None and in_doubt and _is_counted(mark, found):
                score = score._replace(is_new=False)
        await self.send(url, score, now())
        if not reads or mark.score is None:
            return ""
        return _compared(mark, _points(await self._result(url, score.sub, now()) or {}))

    async def _result(self, url: str, sub: str, now: float) -> dict[str, Any] | None:
        """Return what a column has of somebody, of which points may be hidden; None for nothing.

        Raises:
            LmsRefusal, NoAccess, LmsSilent: it cannot be read.
        """
        place = _below(url, "results")
        joint = "&" if "?" in place else "?"
        place += f"{joint}user_id={quote(sub, safe='')}"
        answer = await self._web.ask(LmsCall(place, RESULTS_TYPE, RESULT), now)
        for one in answer.json if isinstance(answer.json, list) else []:
            if isinstance(one, dict) and str(one.get("userId")) == sub:
                return one
        return None


def is_shown(mark: OutboxMark, shown: Sequence[float] | None) -> bool:
    """Return whether an LMS shows a mark, whatever number of points it counts."""
    if mark.score is None or shown is None:
        return False
    score, most = shown
    return abs(score / most - mark.score / mark.max_score) <= NEAR if most else score == mark.score


def shows_what_waits(url: str) -> bool:
    """Return whether an LMS makes anything of a score that waits for its verdict.

    Moodle, whose addresses of columns have a `type_id`, shows none, and empties the grade.
    """
    return bool(url) and "type_id" not in parse_qs(urlsplit(url).query)


def _has_come(mark: OutboxMark, found: dict[str, Any], *, in_doubt: bool) -> bool:
    """Return whether an LMS has what is to be sent.

    Raises:
        LmsRefusal: it has what a score without points would take away.
    """
    has = _points(found)
    if mark.score is not None:
        return has is not None and not is_shown(mark.as_sent, has) and is_shown(mark, has)
    if has is not None:
        says = f"{has[0]:g} of {has[1]:g}"
        raise LmsRefusal(f"not sent: the LMS shows {says} already, which would be taken away")
    if mark.is_pending and not in_doubt:
        raise LmsRefusal("not sent: the LMS has a result already, and does not show its points")
    return mark.is_pending


def _is_counted(mark: OutboxMark, found: dict[str, Any]) -> bool:
    """Return whether what was cut off has arrived: then the LMS has counted its attempt."""
    has = _points(found)
    return not is_shown(mark.as_sent, has) if has else not mark.sent_submission


def _compared(mark: OutboxMark, shown: tuple[float, float] | None) -> str:
    """Return what is to be told of what an LMS shows after a mark was sent."""
    if shown is None:
        return UNSEEN
    if not is_shown(mark, shown):
        has = f"{shown[0]:g} of {shown[1]:g}"
        raise LmsRefusal(f"taken, and the LMS shows {has}: it may be locked or overridden there")
    return ""


def _below(url: str, name: str) -> str:
    """Return the address of something below a column's: Moodle's have a question after the path."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{name}"))


def _column_url(one: Any) -> str:
    url = one.get("id") if isinstance(one, dict) else None
    if not isinstance(url, str) or not is_usable(url):
        raise LmsRefusal("the LMS does not say where its column is")
    return url


def _points(one: dict[str, Any]) -> tuple[float, float] | None:
    """Return the points that an LMS shows and the most, None where it shows none."""
    score, most = one.get("resultScore"), one.get("resultMaximum", 1)
    if isinstance(score, int | float) and isinstance(most, int | float):
        return float(score), float(most)
    return None


def _iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
