"""What people who teach come for: the class, a person in it, the log, and the marks as a table."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from sqlalchemy import Connection
from starlette.responses import Response

from grader.course.gradebook.score_table import nbgraders, table
from grader.service.classroom import classroom, sorted_rows, who_has
from grader.service.database.audit import AuditEntry, entries_about
from grader.service.database.courses import HiddenFor, exercises_in
from grader.service.database.gradings import Grading, gradings_with
from grader.service.database.lti.places import lms_test_users
from grader.service.database.marks import WrittenOverride, marks_in, overrides_in
from grader.service.database.people import Person, people_with, person_with
from grader.service.database.regrades import regrades_in
from grader.service.database.submissions import SubmissionRecord, submissions_in
from grader.service.problems import nothing_here
from grader.service.web.pages.coursework import exercise_lines, loaded_exercise
from grader.service.web.rendering import html_page
from grader.service.web.rights import Visit

HIDDEN_FOR: Final = {
    HiddenFor.STAFF: "everyone who teaches",
    HiddenFor.INSTRUCTOR: "the instructor alone",
    HiddenFor.NOBODY: "nobody",
}


class LogLine(NamedTuple):
    """A line of the audit log, with names."""

    entry: AuditEntry
    actor: str
    person: str


class PersonView(NamedTuple):
    """What the page of a person in a course shows.

    Attributes:
        person: who.
        submissions: the newest first.
        gradings: those that count of them, by their ids.
        overrides: that count.
        log: what was changed for them.
    """

    person: Person
    submissions: Sequence[SubmissionRecord]
    gradings: Mapping[str, Grading]
    overrides: Sequence[WrittenOverride]
    log: Sequence[LogLine]


async def class_page(visit: Visit) -> Response:
    """Show everyone in a course, and what goes wrong."""
    wanted = visit.request.query_params
    query, by, cause = (wanted.get(name, "")[:200] for name in ("q", "sort", "cause"))
    titles = await titles_in(visit)
    room = await visit.service.database.read(classroom, visit.where, titles)
    rows = sorted_rows(room.rows, by, query)
    if cause:
        has = who_has(room.causes, cause)
        rows = [row for row in rows if row.member.person.id in has]
    return html_page(
        visit,
        f"{visit.where.title}: everyone",
        "class.html.jinja",
        room=room,
        rows=rows,
        query=query,
        by=by,
        cause=next((one for one in room.causes if one.key == cause), None),
        titles=titles,
        regrades=await visit.service.database.read(regrades_in, visit.where.id),
        hidden_for=HIDDEN_FOR,
    )


async def person_page(visit: Visit) -> Response:
    """Show somebody in a course, with the forms that change their marks and dates."""
    view = await visit.service.database.read(_person_view, visit, await titles_in(visit))
    lines = await exercise_lines(visit, view.person.id)
    return html_page(
        visit,
        f"{view.person.shown} in {visit.where.title}",
        "person.html.jinja",
        view=view,
        lines=lines,
        checks=_checks(visit, [line.path for line in lines if line.mark]),
    )


async def log_page(visit: Visit) -> Response:
    """Show who changed what in a course."""
    lines = await visit.service.database.read(log_lines, course_id=visit.where.id)
    return html_page(visit, f"{visit.where.title}: the log", "log.html.jinja", lines=lines)


async def marks_csv(visit: Visit) -> Response:
    """Send the marks of a course as a table, with nbgrader's columns and ours, or those alone."""
    titles = await titles_in(visit)
    counted = await visit.service.database.read(marks_in, visit.where, titles)
    tests = await visit.service.database.read(lms_test_users, visit.where.id)
    marks = [one.mark for one in counted if one.mark.student.key not in tests]
    is_for_nbgrader = visit.request.query_params.get("as") == "nbgrader"
    text = nbgraders(marks) if is_for_nbgrader else table(marks)
    headers = {"content-disposition": f'attachment; filename="{visit.where.id}-marks.csv"'}
    return Response(text, 200, headers, "text/csv; charset=utf-8")


async def titles_in(visit: Visit) -> dict[str, str]:
    """Return the titles of the exercises of a visit's course."""
    exercises = await visit.service.database.read(exercises_in, visit.where.id)
    return visit.service.shelf.titles(one.path for one in exercises)


def log_lines(connection: Connection, *, person_id: str = "", course_id: str = "") -> list[LogLine]:
    """Return lines of the audit log, with names, the newest first."""
    entries = entries_about(connection, person_id=person_id, course_id=course_id)
    ids = {one for entry in entries for one in (entry.actor_id, entry.person_id) if one}
    people = people_with(connection, ids)
    names = {one: person.shown for one, person in people.items()}
    return [
        LogLine(
            entry,
            names.get(entry.actor_id or "", "the command line"),
            names.get(entry.person_id or "", ""),
        )
        for entry in entries
    ]


def _person_view(connection: Connection, visit: Visit, titles: dict[str, str]) -> PersonView:
    person_id, course = visit.request.path_params["person"], visit.where
    person = person_with(connection, person_id)
    handed = submissions_in(connection, course.id, person_id=person_id)
    if person is None:
        raise nothing_here()
    said = [one for one in overrides_in(connection, course.id) if one.person_id == person_id]
    log = log_lines(connection, person_id=person_id, course_id=course.id)
    shown = [one for one in handed if one.exercise in titles]
    graded = gradings_with(connection, [one.grading_id for one in shown])
    return PersonView(person, shown, graded, said, log)


def _checks(visit: Visit, paths: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Return id and title of the checks of exercises, by path; none of one that is broken."""
    loaded = {path: loaded_exercise(visit, path) for path in paths}
    return {
        path: [(check.id, check.title) for check in exercise.checks] if exercise else []
        for path, exercise in loaded.items()
    }
