"""What people change: overrides, dates, notes, second looks, who comes in; all of it is logged."""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import Connection
from starlette.responses import RedirectResponse, Response

from grader.service.database.audit import AuditEntry, note
from grader.service.database.conversations import (
    MisconceptionNote,
    answer_looks,
    ask_for_look,
    write_note,
)
from grader.service.database.courses import (
    CourseExercise,
    Extension,
    HiddenFor,
    change_exercise,
    close_course,
    exercise_in,
    extend,
    show_hidden,
)
from grader.service.database.credentials import DAY_S, EntryLink, make_link
from grader.service.database.marks import WrittenOverride, add_override, withdraw_override
from grader.service.database.people import Role
from grader.service.problems import Problem
from grader.service.queue.lanes import course_topic
from grader.service.web.forms import count, fields_of, moment, points, required
from grader.service.web.rendering import html_page, shown_time
from grader.service.web.rights import Visit

NO_REASON: Final = "The reason is missing: the student reads it beside the mark."
NO_EXERCISE: Final = "No exercise was chosen."
INVITATION_S: Final = 14 * DAY_S
MOST_USES: Final = 2000
HIGHEST: Final = (1 << 31) - 1  # of a number in a database


async def override(visit: Visit) -> Response:
    """Change a mark, or a check in it, with a reason."""
    fields = await fields_of(visit)
    exercise = await _exercise(visit, fields)
    score, reason = points(fields, "score"), required(fields, "comment", NO_REASON)
    person = visit.request.path_params["person"]
    check = fields.get("check", "")
    said = WrittenOverride(
        0, exercise.path, person, check, score, reason, visit.who.id, visit.service.now()
    )
    await write_override(visit, said)
    return _person(visit)


async def write_override(visit: Visit, said: WrittenOverride) -> None:
    """Write down what somebody says of a mark, with a line in the log."""
    points_now = "a remark" if said.score is None else f"{said.score:g} points"
    says = f"{said.check_id or 'the mark'}: {points_now}: {said.comment}"
    entry = _entry(visit, "override", said.person_id, said.exercise, says)
    await write_noted(visit, entry, add_override, visit.where.id, said)


async def withdraw(visit: Visit) -> Response:
    """Have an override count no more."""
    number = min(visit.request.path_params["number"], HIGHEST)
    person = visit.request.path_params["person"]
    entry = _entry(visit, "withdraw override", person, says=f"number {number}")
    done = await write_noted(
        visit, entry, withdraw_override, visit.where.id, number, visit.service.now()
    )
    if not done:
        raise Problem(409, "There is no such override, or it counts no more.")
    return _person(visit)


async def give_time(visit: Visit) -> Response:
    """Give somebody more time for an exercise."""
    fields = await fields_of(visit)
    exercise = await _exercise(visit, fields)
    due = moment(fields, "due", "The new date is missing.")
    person, reason = visit.request.path_params["person"], fields.get("comment", "")
    extension = Extension(exercise.path, person, due, reason, visit.who.id)
    says = f"until {shown_time(due)}" + (f": {reason}" if reason else "")
    entry = _entry(visit, "extension", person, exercise.path, says)
    await write_noted(visit, entry, extend, visit.where.id, extension, visit.service.now())
    return _person(visit)


async def tell_all(visit: Visit) -> Response:
    """Write one note to everyone who has a misconception."""
    fields = await fields_of(visit)
    exercise = await _exercise(visit, fields)
    name = required(fields, "misconception", "No misconception was named.")
    at = visit.service.now()
    said = MisconceptionNote(exercise.path, name, fields.get("says", ""), visit.who.id, at)
    entry = _entry(visit, "note", None, exercise.path, f"{name}: {said.says}")
    await write_noted(visit, entry, write_note, visit.where.id, said)
    cause = quote(f"{exercise.path}:{name}", safe="")
    return RedirectResponse(f"/courses/{visit.where.id}/people?cause={cause}", 303)


async def ask_again(visit: Visit) -> Response:
    """Ask for a second look at a submission."""
    fields = await fields_of(visit)
    question = required(fields, "question", "What should be looked at?")
    handed = visit.handed
    entry = _entry(visit, "second look", handed.person_id, handed.exercise, question)
    await write_noted(
        visit,
        entry._replace(submission_id=handed.id),
        ask_for_look,
        *(handed.number, question, visit.service.now()),
    )
    return RedirectResponse(f"/submissions/{handed.id}", 303)


async def answer(visit: Visit) -> Response:
    """Answer who asked for a second look."""
    fields = await fields_of(visit)
    says = required(fields, "answer", "The answer is missing.")
    handed = visit.handed
    entry = _entry(visit, "answer", handed.person_id, handed.exercise, says)
    done = await write_noted(
        visit,
        entry._replace(submission_id=handed.id),
        answer_looks,
        *(handed.number, says, visit.who.id, visit.service.now()),
    )
    if not done:
        raise Problem(409, "Nobody waits for an answer here.")
    return RedirectResponse(f"/submissions/{handed.id}", 303)


async def invite(visit: Visit) -> Response:
    """Make a link that lets people into the course, and show it this once."""
    fields = await fields_of(visit)
    word = fields.get("role", "")
    if word not in set(Role):
        raise Problem(422, "No role was chosen.")
    uses = count(fields, "uses", 1, MOST_USES)
    now = visit.service.now()
    link = EntryLink(None, visit.where.id, word, uses, now + INVITATION_S, visit.who.id)
    entry = _entry(visit, "invitation", None, says=f"{uses} times as {word}")
    secret = await write_noted(visit, entry, make_link, link, now)
    return html_page(
        visit,
        "An invitation",
        "invitation.html.jinja",
        link=link,
        url=f"{visit.service.settings.url}/enter/{secret}",
    )


async def set_dates(visit: Visit) -> Response:
    """Say when an exercise is due, what being late costs, and how often one may try."""
    fields = await fields_of(visit)
    old = await _exercise(visit, fields)
    due = moment(fields, "due", "") if fields.get("due") else None
    attempts = count(fields, "most_attempts", 1, 1000) if fields.get("most_attempts") else None
    costs = [points(fields, name) for name in ("grace_min", "per_day", "cap")]
    usual = CourseExercise(old.path)
    grace, per_day, cap = (
        kept if given is None else given
        for given, kept in zip(costs, (usual.grace_min, usual.per_day, usual.cap), strict=True)
    )
    new = CourseExercise(old.path, due, grace, per_day, min(cap, usual.cap), attempts)
    says = f"due {shown_time(due) or 'never'}, {per_day:g} % a day, {attempts or 'any'} attempts"
    entry = _entry(visit, "dates", None, old.path, says)
    await write_noted(visit, entry, change_exercise, visit.where.id, new)
    return RedirectResponse(f"/courses/{visit.where.id}/exercises/{old.path}", 303)


async def close(visit: Visit) -> Response:
    """Close the course, or open it again."""
    fields = await fields_of(visit)
    now = visit.service.now()
    at = None if fields.get("open") else now
    entry = _entry(visit, "open course" if at is None else "close course")
    await write_noted(visit, entry, close_course, visit.where.id, at)
    return RedirectResponse(f"/courses/{visit.where.id}", 303)


async def set_hidden(visit: Visit) -> Response:
    """Say who of the staff sees what hidden checks ask."""
    fields = await fields_of(visit)
    await write_hidden_for(visit, fields.get("hidden_for", ""))
    return RedirectResponse(f"/courses/{visit.where.id}/people", 303)


async def write_hidden_for(visit: Visit, word: str) -> None:
    """Write down who of the staff sees what hidden checks ask, with a line in the log.

    Raises:
        Problem: the word is none of those.
    """
    if word not in set(HiddenFor):
        raise Problem(422, f"hidden_for has to be one of {', '.join(HiddenFor)}.")
    entry = _entry(visit, "hidden checks", says=f"shown to {word}")
    await write_noted(visit, entry, show_hidden, visit.where.id, HiddenFor(word))


async def write_noted(
    visit: Visit, entry: AuditEntry, change: Callable[..., Any], *arguments: Any
) -> Any:
    """Make a change with a line in the log, tell who looks at the course, and return its value."""
    done = await visit.service.database.write(_with_note, entry, change, *arguments)
    if entry.course_id:
        visit.service.dispatcher.lanes.news.tell(course_topic(entry.course_id))
    return done


def _with_note(
    connection: Connection, entry: AuditEntry, change: Callable[..., Any], *arguments: Any
) -> Any:
    """Make a change, and write it into the log in the same transaction."""
    done = change(connection, *arguments)
    if done is not False:
        note(connection, entry)
    return done


def _entry(
    visit: Visit, action: str, person: str | None = None, exercise: str = "", says: str = ""
) -> AuditEntry:
    at = visit.service.now()
    return AuditEntry(action, visit.who.id, visit.where.id, person, exercise, says=says, at=at)


async def _exercise(visit: Visit, fields: dict[str, str]) -> CourseExercise:
    path = required(fields, "exercise", NO_EXERCISE)
    found = await visit.service.database.read(exercise_in, visit.where.id, path)
    if found is None:
        raise Problem(422, NO_EXERCISE)
    return found


def _person(visit: Visit) -> Response:
    person = visit.request.path_params["person"]
    return RedirectResponse(f"/courses/{visit.where.id}/people/{person}", 303)
