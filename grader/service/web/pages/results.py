"""What came of a submission: the verdict, the report, the files, and what people said of it."""

import base64
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple
from urllib.parse import quote

from sqlalchemy import Connection
from starlette.responses import Response

from grader.course.marks import Mark
from grader.engines.text import escaped
from grader.reports.formats import page_of
from grader.reports.report import Report
from grader.service.database.conversations import SecondLook, looks_at, notes_in
from grader.service.database.gradings import (
    Grading,
    grading_with,
    gradings_with,
    result_of,
    staff_report_of,
)
from grader.service.database.marks import CountedMark, WhichMarks, marks_in
from grader.service.database.people import Person, person_with
from grader.service.database.submissions import (
    Lane,
    SubmissionRecord,
    content_of,
    submission_numbered,
    submissions_in,
)
from grader.service.problems import nothing_here
from grader.service.web.pages.events import waiting_words
from grader.service.web.rendering import html_page, html_response
from grader.service.web.rights import Visit

REFRESH_S: Final = 2
MOST_SHOWN: Final = 200_000
SCRIPTS: Final = (".py",)


class SubmittedText(NamedTuple):
    """A file of a submission, as it can be shown."""

    name: str
    text: str


class ClassNeighbours(NamedTuple):
    """The submissions that count of those who come before and after somebody in a class."""

    before: CountedMark | None = None
    after: CountedMark | None = None


NOBODY: Final = ClassNeighbours()


class SubmissionView(NamedTuple):
    """Everything that a page tells of a submission.

    Attributes:
        submission: which one.
        person: whose.
        grading: that counts, None before there is one.
        report: of it, None where nothing could be graded.
        mark: the person's, and whether it is of this submission.
        counts: whether the mark is of this submission.
        attempts: all of the same person for the same exercise, the newest first.
        gradings: those that count of the attempts, by their ids.
        looks: what was asked and answered about it.
        notes: to all who have one of its misconceptions.
        neighbours: whose submissions come before and after, for who looks at one after another.
        hides: whether there is a report, for who asks, that shows what hidden checks ask.
    """

    submission: SubmissionRecord
    person: Person
    grading: Grading | None
    report: Report | None
    mark: Mark | None
    counts: bool
    attempts: Sequence[SubmissionRecord]
    gradings: Mapping[str, Grading]
    looks: Sequence[SecondLook] = ()
    notes: Sequence[str] = ()
    neighbours: ClassNeighbours = NOBODY
    hides: bool = False


async def submission_page(visit: Visit) -> Response:
    """Show what came of a submission; while nothing has, the page comes again by itself."""
    title = visit.service.shelf.title(visit.handed.exercise)
    view = await visit.service.database.read(_view, visit, title)
    key = "", view.submission.number
    position = visit.service.dispatcher.lanes.position(key) if view.submission.is_waiting else None
    content = await visit.service.database.read(content_of, view.submission.content)
    return html_page(
        visit,
        f"{title}: {_in_short(view)}",
        "submission.html.jinja",
        view=view,
        heading=title,
        says=waiting_words(view.submission, position),
        slow=view.submission.lane is Lane.SLOW,
        report=view.report,
        notes=list(view.report.notes) if view.report else [],
        files=[_shown(name, text) for name, text in content.files.items()],
        **({"again_after": REFRESH_S} if view.submission.is_waiting else {}),
    )


async def report_page(visit: Visit) -> Response:
    """Send the report, as the command line writes it."""
    result = await visit.service.database.read(result_of, visit.handed.grading_id)
    if not result.reports:
        raise nothing_here()
    return html_response(page_of(result.reports[0], "html"))


async def staff_report_page(visit: Visit) -> Response:
    """Send the report as who teaches may read it: with what hidden checks ask, as a rule."""
    return html_response(page_of(await staff_report(visit), "html"))


async def staff_report(visit: Visit) -> Report:
    """Return the report of a submission as who teaches may read it.

    Raises:
        Problem: there is none.
    """
    database, grading_id = visit.service.database, visit.handed.grading_id
    if visit.sees_hidden and (shown := await database.read(staff_report_of, grading_id)):
        return shown
    result = await database.read(result_of, grading_id)
    if not result.reports:
        raise nothing_here()
    return result.reports[0]


async def submitted_file(visit: Visit) -> Response:
    """Send a file of a submission, as bytes: no browser takes it for a page."""
    content = await visit.service.database.read(content_of, visit.handed.content)
    name = visit.request.path_params["name"]
    if name not in content.files:
        raise nothing_here()
    shown = quote(name.rpartition("/")[2])
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{shown}"}
    return Response(base64.b64decode(content.files[name]), 200, headers, "application/octet-stream")


def _view(connection: Connection, visit: Visit, title: str) -> SubmissionView:
    submission = submission_numbered(connection, visit.handed.number) or visit.handed
    where = submission.course_id, submission.exercise, submission.person_id
    person = person_with(connection, submission.person_id) or Person(submission.person_id)
    marks = marks_in(
        connection,
        visit.where,
        {submission.exercise: title},
        WhichMarks(submission.exercise, submission.person_id),
    )
    attempts = submissions_in(connection, *where)
    counts = bool(marks) and marks[0].submission.number == submission.number
    return SubmissionView(
        submission,
        person,
        grading_with(connection, submission.grading_id),
        next(iter(result_of(connection, submission.grading_id).reports), None),
        marks[0].mark if marks else None,
        counts,
        attempts,
        gradings_with(connection, [one.grading_id for one in attempts]),
        looks_at(connection, submission.number),
        _notes(connection, submission),
        _neighbours(connection, visit, submission) if visit.teaches else NOBODY,
        visit.sees_hidden and staff_report_of(connection, submission.grading_id) is not None,
    )


def _neighbours(
    connection: Connection, visit: Visit, submission: SubmissionRecord
) -> ClassNeighbours:
    """Return whose submissions for an exercise come before and after somebody's, by name."""
    every = marks_in(connection, visit.where, {}, WhichMarks(submission.exercise))
    every.sort(key=lambda one: (one.mark.student.name.casefold(), one.mark.student.key))
    people = [one.mark.student.key for one in every]
    if submission.person_id not in people:
        return NOBODY
    at = people.index(submission.person_id)
    before = every[at - 1] if at else None
    return ClassNeighbours(before, every[at + 1] if at + 1 < len(every) else None)


def _notes(connection: Connection, submission: SubmissionRecord) -> list[str]:
    """Return what is said to all who have one of the misconceptions of a submission."""
    grading = grading_with(connection, submission.grading_id)
    names = {name for check in grading.checks for name in check.diagnoses} if grading else set()
    every = notes_in(connection, submission.course_id)
    return [every[key].says for name in names if (key := (submission.exercise, name)) in every]


def _in_short(view: SubmissionView) -> str:
    if view.submission.is_waiting:
        return "being graded"
    if view.grading is None or view.grading.score is None:
        return "to be looked at"
    return f"{view.grading.score:g} of {view.grading.max_score:g} points"


def _shown(name: str, packed: str) -> SubmittedText:
    """Return a file as text; a notebook or a picture is there to download."""
    if not name.endswith(SCRIPTS):
        return SubmittedText(name, "")
    text = base64.b64decode(packed).decode("utf-8", "replace")[:MOST_SHOWN]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4).split("\n")
    return SubmittedText(name, "\n".join(map(escaped, lines)))
