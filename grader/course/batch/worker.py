"""Does jobs, one at a time; a session stays open as long as the jobs ask for the same."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

from grader.course.batch.jobs import (
    FOR_STAFF,
    HASTILY,
    NO_SUBMISSION,
    TAKES_LONG,
    JobResult,
    plain_result,
    request_of,
    unpack,
)
from grader.engines.text import visible
from grader.errors import GraderError, NothingToGrade, in_words
from grader.grading.request import GradeRequest
from grader.grading.session import SHELL, GradingSession
from grader.grading.submission_choice import submission_of
from grader.reports.report import Outcome, Report
from grader.sandbox.interpreter import held_signals
from grader.sandbox.protocol.limits import Tier
from grader.sandbox.restarts import TakesLong
from grader.sandbox.submission_run import ProcessLost
from grader.sandbox.zygote_pool import ZygoteDied, ZygotePool
from grader.submissions.reader import USUAL, Reader, ReadingLimits, TooMuchToRead
from grader.submissions.submission import (
    NoSubmission,
    SeveralSubmissions,
    Submission,
    listed,
    whole,
)

REPAIR_STEPS_KEY = "repair_steps"
"""A key of a job that asks for causes, too: how many steps their search may take."""


class UnfitSubmission(Exception):
    """What a student handed in leaves nothing to choose, or too much; the text says it to them."""


class Worker:
    """What does jobs in a process, with sessions that are open from one job to the next.

    What a student handed in is read by a process of its own: a file that takes for ever to be
    decoded is that student's alone.
    """

    def __init__(self, most_sessions: int = 1, reading: ReadingLimits = USUAL) -> None:
        """Make a worker, which opens no session yet.

        Args:
            most_sessions: how many stay open where jobs ask for different things by turns. They
                have one zygote: to start one takes twenty times as long as to grade.
            reading: what reading one student's files may take.
        """
        self._one_at_a_time = Lock()  # whatever does jobs may have threads
        self._most = most_sessions
        self._sessions: dict[GradeRequest, GradingSession] = {}
        self._zygotes: ZygotePool | None = None
        self._reader = Reader(reading)

    def warm_up(self, walls: Tier) -> None:
        """Start what runs submissions, so that the first one does not wait for it.

        Raises:
            NoWalls: this machine does not let them be built.
            ZygoteDied: it does not start.
        """
        self._zygotes_behind(walls)

    def work(self, job: Mapping[str, Any]) -> JobResult:
        """Do a job, and return its result; nothing that a submission does is raised.

        Raises:
            TakesLong: it was to be done hastily, and takes long.
        """
        try:
            with self._one_at_a_time:
                return self._graded(job)
        except TakesLong:
            raise
        except UnfitSubmission as error:
            return JobResult(problem=str(error))
        except NothingToGrade as error:
            return JobResult(problem=_sentence(error))
        except GraderError as error:
            return JobResult(problem=_sentence(error), ours=True)
        except Exception as error:  # one submission never stops another
            says = f"the grader failed: {type(error).__name__}: {error}"
            return JobResult(problem=says, ours=True)

    def plain_work(self, job: Mapping[str, Any]) -> dict[str, Any]:
        """Do a job, and return its result as plain JSON, or that it TAKES_LONG."""
        try:
            return plain_result(self.work(job))
        except TakesLong:
            return dict(TAKES_LONG)

    def release(self) -> None:
        """End what it has started; the next job starts it anew."""
        try:
            self._reader.close()
        finally:
            self._close_sessions()

    def _close_sessions(self) -> None:
        self._sessions.clear()
        zygotes, self._zygotes = self._zygotes, None
        if zygotes is not None:
            zygotes.close()

    def _graded(self, job: Mapping[str, Any]) -> JobResult:
        request = request_of(job)
        if steps := job.get(REPAIR_STEPS_KEY):
            request = request._replace(repair_steps=steps, for_staff=True, examples_s=0.0)
        if "files" not in job:
            return self._result(request, Path(job["folder"]), job)
        with TemporaryDirectory(prefix="grade-") as folder:
            unpack(job["files"], Path(folder))
            return self._result(request, Path(folder), job)

    def _result(self, request: GradeRequest, folder: Path, job: Mapping[str, Any]) -> JobResult:
        """Grade, and once more openly for who teaches, where a hidden check failed."""
        reports = self._reports(request, folder, job)
        if not job.get(FOR_STAFF) or not any(map(_hides, reports)):
            return JobResult(tuple(reports))
        try:
            shown = self._reports(request._replace(shows_hidden=True), folder, job)
        except GraderError:  # what a student gets depends on nothing of it
            return JobResult(tuple(reports))
        told = (_for_staff(*both) for both in zip(shown, reports, strict=True))
        return JobResult(tuple(reports), staff_reports=tuple(told))

    def _reports(self, request: GradeRequest, folder: Path, job: Mapping[str, Any]) -> list[Report]:
        """Grade; the time that it took is left out, since it is another one each time."""
        submission, remark = _submission_in(folder, request, job["order"], self._reader)
        notes = (remark,) if remark else ()
        hastily = job.get(HASTILY, False)
        try:
            reports = self._session_for(request).grade(submission, hastily=hastily)
        except ZygoteDied:
            self._close_sessions()  # the next submission begins with a new one
            raise
        except ProcessLost:  # somebody has killed the zygote while it forked, or its child began
            self._close_sessions()
            reports = self._session_for(request).grade(submission, hastily=hastily)
        return [
            report._replace(duration_s=0.0, notes=(*report.notes, *notes)) for report in reports
        ]

    def _session_for(self, request: GradeRequest) -> GradingSession:
        session = self._sessions.pop(request, None)
        if session is None:
            if len(self._sessions) >= self._most:
                self._close_sessions()  # a zygote that has grown with them as well
            session = GradingSession(request, zygotes=self._zygotes_behind(request.walls))
        self._sessions[request] = session  # the one that is used again last
        return session

    def _zygotes_behind(self, walls: Tier) -> ZygotePool:
        if self._zygotes is not None and self._zygotes.isolation != walls:
            self._close_sessions()
        if self._zygotes is None:
            with held_signals():  # whoever is asked to end ends it, and has to know of it
                self._zygotes = ZygotePool(walls, [SHELL])
        return self._zygotes


# A session is open from one job to the next, and an executor hands its processes nothing but a
# function by its name and plain values: what outlives a job in such a process can only be a
# module's. This is the one worker of this process.
_WORKER = Worker()


def work(job: Mapping[str, Any]) -> dict[str, Any]:
    """Do a job in this process; see `Worker.plain_work`."""
    return _WORKER.plain_work(job)


def release() -> None:
    """Close the session that this process has open for its next job."""
    _WORKER.release()


def _submission_in(
    folder: Path, request: GradeRequest, order: Mapping[str, int], read: Reader
) -> tuple[Submission, str]:
    """Return the submission in a folder, and a remark where there are several, else "".

    Raises:
        UnfitSubmission: there is none, it takes too much to be read, or more than one file could be
            it and none is the newest; the folder's name is not told.
    """
    try:
        return submission_of(request._replace(path=str(folder)), read), ""
    except TooMuchToRead as error:
        name = visible(next(iter(order))) if len(order) == 1 else "what was handed in"
        raise UnfitSubmission(f"{name} {error.says} ({error.hint})") from error
    except NoSubmission as error:
        raise UnfitSubmission(NO_SUBMISSION) from error
    except SeveralSubmissions as error:
        names = [Path(name).relative_to(folder).as_posix() for name in error.names]
        says = f"{in_words(len(names))} files could be the submission: {listed(names)}"
        newest = _newest(names, order)
        if newest is None:
            raise UnfitSubmission(says) from error
        return read(whole, folder / newest), f"{says}; {visible(newest)} is the newest, and counts"


def _newest(names: Iterable[str], order: Mapping[str, int]) -> str | None:
    """Return the file that is newer than all others, if one is."""
    by_age = sorted((order.get(name, 0), name) for name in names)
    (before, _), (latest, name) = by_age[-2:]
    return name if latest > before else None


def _hides(report: Report) -> bool:
    """Return whether a report keeps to itself what a check asks."""
    return any(
        one.visibility == "hidden" and one.outcome is Outcome.FAILED for one in report.checks
    )


def _for_staff(shown: Report, report: Report) -> Report:
    """Return a report that shows everything, with a note on what of it students do not see."""
    hidden = [one.title for one in report.checks if one.visibility == "hidden"]
    says = f"for who teaches alone; hidden from students: {'; '.join(hidden)}"
    return shown._replace(notes=(says, *shown.notes))


def _sentence(error: GraderError) -> str:
    return f"{error.message} ({error.hint})" if error.hint else error.message
