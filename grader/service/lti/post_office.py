"""Keeps LMSs up to date: finds marks that are new, and sends them, one at a time to each LMS.

What waits is in the database: whoever kills this loses nothing. A mark whose sending was cut off is
looked up in the LMS before it is sent once more.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from time import monotonic
from typing import Final, NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from grader.service.database.courses import course_with
from grader.service.database.lti.outbox import (
    MarkState,
    OutboxMark,
    await_verdict,
    begin_sending,
    collect,
    end_sending,
    postpone,
    waiting_marks,
)
from grader.service.database.lti.places import (
    LmsCourse,
    LmsLink,
    exercises_linked,
    keep_link,
    lineitems_for,
    lms_course_with,
    lms_courses,
    sub_of,
)
from grader.service.database.lti.platforms import LtiPlatform, platform_with
from grader.service.database.lti.waiting import Handed, unheard
from grader.service.database.marks import marks_in
from grader.service.database.submissions import submission_with
from grader.service.lti.access import AccessTokens, NoAccess
from grader.service.lti.lms_web import LmsSilent
from grader.service.lti.platform_web import LmsRefusal, NotNewer, PlatformWeb
from grader.service.lti.roster_rounds import read_rosters
from grader.service.lti.scopes import RESULT, SCORE
from grader.service.lti.scores import ScoreColumns, ScoreToSend, shows_what_waits
from grader.service.queue.background import in_background
from grader.service.queue.lanes import course_topic
from grader.service.queue.news import Listener
from grader.service.service import Service

log = logging.getLogger("grade.lti")

LOOK_S: Final = 1.0
ALL_S: Final = 300.0
FIRST_WAIT_S: Final = 5.0
LONGEST_WAIT_S: Final = 3600.0
MOST_CLASHES: Final = 6
READER: Final = "post office"
UNKNOWN: Final = "the LMS is registered no more"


class Parcel(NamedTuple):
    """All that is needed to send a mark."""

    platform: LtiPlatform
    course: LmsCourse
    score: ScoreToSend
    columns: tuple[str, ...]


class PostOffice:
    """Sends marks to LMSs."""

    def __init__(self, service: Service) -> None:
        """Be ready to send.

        Args:
            service: whose marks.
        """
        self._service = service
        self._tokens = AccessTokens(service.lti.web, service.lti.own)
        self._resting: dict[str, float] = {}  # until when an LMS wants to be left alone

    async def run(self) -> None:
        """Keep LMSs up to date until it is cancelled."""
        while True:
            try:
                await self._rounds()
            except Exception:  # a database that restarts, say: marks must not stop for ever
                log.exception("marks wait")
            await asyncio.sleep(LOOK_S)

    async def _rounds(self) -> None:
        """Look at all courses, then at those that something is new of, until a course is new."""
        database, ends = self._service.database, monotonic() + ALL_S
        with ExitStack() as stack:
            heard = await self._listen(stack)
            await self.collect()
            await read_rosters(self._service, self._tokens)
            while monotonic() < ends and not any(one.is_over for one in heard.values()):
                await self.collect_waiting()
                await self.send()
                await asyncio.sleep(LOOK_S)
                if {one.course_id for one in await database.read(lms_courses)} - heard.keys():
                    return
                if news := [course for course, one in heard.items() if await one.wait(0)]:
                    await self.collect(*news)

    async def collect(self, *course_ids: str) -> None:
        """Have new marks of some courses wait; of all where none are named."""
        for course in await self._service.database.read(lms_courses):
            if not course_ids or course.course_id in course_ids:
                await self._service.database.write(_collect, course, self._service.now())

    async def collect_waiting(self) -> None:
        """Have it wait to be told what waits long for a verdict, where no mark is taken away."""
        database, now = self._service.database, self._service.now()
        for handed in await database.read(_unheard, now):
            await database.write(await_verdict, handed, now)

    async def send(self) -> None:
        """Send what waits, one after another to each LMS, and to all of them at once."""
        now = self._service.now()
        waiting = await self._service.database.read(waiting_marks, now)
        awake = {one: marks for one, marks in waiting.items() if self._resting.get(one, 0.0) <= now}
        await asyncio.gather(*(self._send_all(one, marks) for one, marks in awake.items()))

    async def _send_all(self, platform_id: str, marks: list[OutboxMark]) -> None:
        for mark in marks:
            if self._resting.get(platform_id, 0.0) > self._service.now():
                return
            try:
                await self._send_one(mark)
            except SQLAlchemyError:
                raise
            except Exception as error:  # an answer that nobody has thought of must stop no other
                log.exception("mark %s", mark.number)
                await self._later(mark, platform_id, f"the grader failed: {type(error).__name__}")

    async def _send_one(self, mark: OutboxMark) -> None:
        database, in_doubt = self._service.database, mark.is_in_doubt
        if mark.state is not MarkState.SENDING:
            begun = await database.write(begin_sending, mark.number, self._service.now())
            if begun is None:
                return
            mark = begun
        parcel = await database.read(_parcel, mark)
        if parcel is None:
            await database.write(end_sending, mark, MarkState.REFUSED, UNKNOWN)
            return
        try:
            told = await self._deliver(parcel, in_doubt=in_doubt)
            await database.write(end_sending, mark, MarkState.SENT, told)
        except NotNewer as error:
            await self._clash(mark, str(error))
        except (LmsRefusal, NoAccess) as error:
            await database.write(end_sending, mark, MarkState.REFUSED, str(error))
        except LmsSilent as error:
            until = self._service.now() + (error.wait_s or _wait_s(mark.tries))
            self._resting[parcel.platform.id] = until
            await self._later(mark, parcel.platform.id, str(error), until)

    async def _deliver(self, parcel: Parcel, *, in_doubt: bool) -> str:
        """Send a score to its columns, and return what is to be told of it."""
        web = PlatformWeb(self._service.lti.web, self._tokens, parcel.platform)
        columns, score, told = ScoreColumns(web, parcel.course), parcel.score, ""
        for place in parcel.columns or (await self._column(columns, parcel),):
            told = await columns.deliver(place, score, self._service.now, in_doubt=in_doubt) or told
        return told

    async def _column(self, columns: ScoreColumns, parcel: Parcel) -> str:
        exercise, service = parcel.score.mark.exercise, self._service
        title = service.shelf.title(exercise)
        points = parcel.score.mark.max_score or service.shelf.points(exercise)
        url = await columns.find(exercise, title, points, service.now())
        link = LmsLink(parcel.course.id, f"exercise:{exercise}", exercise, url)
        await service.database.write(keep_link, link)
        return url

    async def _clash(self, mark: OutboxMark, told: str) -> None:
        """Try again with a later time: the LMS has one that is as new in whole seconds."""
        if mark.tries >= MOST_CLASHES:
            await self._service.database.write(end_sending, mark, MarkState.REFUSED, told)
            return
        until = self._service.now() + 2.0**mark.tries
        await self._service.database.write(postpone, mark, until, told)

    async def _later(
        self, mark: OutboxMark, platform_id: str, told: str, until: float | None = None
    ) -> None:
        until = until or self._service.now() + _wait_s(mark.tries)
        log.warning("a mark for LMS %s waits: %s", platform_id, told)
        await self._service.database.write(postpone, mark, until, told)

    async def _listen(self, stack: ExitStack) -> dict[str, Listener]:
        """Listen to the courses that belong to an LMS's."""
        news = self._service.dispatcher.lanes.news
        courses = await self._service.database.read(lms_courses)
        return {
            one: stack.enter_context(news.listening(course_topic(one), READER))
            for one in {course.course_id for course in courses}
        }


@asynccontextmanager
async def posting(service: Service) -> AsyncIterator[None]:
    """Keep LMSs up to date while something else goes on."""
    async with AsyncExitStack() as stack:
        stack.push_async_callback(service.lti.web.close)
        await stack.enter_async_context(in_background(PostOffice(service).run()))
        yield


def _collect(connection: Connection, course: LmsCourse, at: float) -> int:
    ours = course_with(connection, course.course_id)
    linked = set(exercises_linked(connection, course))
    if ours is None or not linked:
        return 0
    marks = [one.mark for one in marks_in(connection, ours, {})]
    return collect(connection, course, [one for one in marks if one.exercise in linked], at)


def _unheard(connection: Connection, at: float) -> list[Handed]:
    """Return what an LMS may be told of that waits: it shows it, and shows us what stands there."""
    found = []
    for one in unheard(connection, at):
        course = lms_course_with(connection, one.context)
        if course is None or not {SCORE, RESULT} <= set(course.scopes.split()):
            continue
        places = lineitems_for(connection, course, one.exercise) or [course.lineitems_url]
        if all(map(shows_what_waits, places)):
            found.append(one)
    return found


def _parcel(connection: Connection, mark: OutboxMark) -> Parcel | None:
    course = lms_course_with(connection, mark.context)
    platform = platform_with(connection, course.platform_id) if course else None
    if course is None or platform is None:
        return None
    handed = submission_with(connection, mark.submission)
    sub = sub_of(connection, platform, mark.person_id)
    at = handed.made_at if handed else 0.0
    score = ScoreToSend(mark, sub, at, not mark.is_regrade)
    columns = lineitems_for(connection, course, mark.exercise)
    return Parcel(platform, course, score, tuple(columns))


def _wait_s(tries: int) -> float:
    return min(LONGEST_WAIT_S, FIRST_WAIT_S * 2.0 ** min(tries, 12))
