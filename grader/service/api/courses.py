"""Courses over the API: exercises, marks, overrides and regrades."""

from math import isfinite
from typing import Any, Final

from starlette.responses import Response

from grader.course.gradebook.score_table import table
from grader.course.marks import Mark
from grader.service.api.answers import asked_in_json, json_answer, text_in, whole_number
from grader.service.database.marks import WhichMarks, WrittenOverride, marks_in
from grader.service.problems import Problem
from grader.service.regrading import Preview, publish_regrade, regrade, undo_regrade
from grader.service.web.forms import storable
from grader.service.web.pages.changes import write_hidden_for, write_override
from grader.service.web.pages.coursework import exercise_lines
from grader.service.web.pages.regrades import preview_of
from grader.service.web.pages.teaching import titles_in
from grader.service.web.rights import Visit

MOST_MARKS: Final = 500
CSV: Final = "text/csv"


async def exercises(visit: Visit) -> Response:
    """Return the exercises of a course, with the marks of whoever asks."""
    lines = await exercise_lines(visit, visit.who.id)
    fields = [
        {
            "exercise": line.path,
            "title": line.title,
            "points": line.points,
            "due": line.due,
            "mark": _mark(line.mark) if line.mark else None,
        }
        for line in lines
    ]
    return json_answer(visit, {"course": visit.where.id, "exercises": fields})


async def marks(visit: Visit) -> Response:
    """Return the marks of a course, a page at a time; all of them as CSV, where that is asked."""
    which = WhichMarks(storable(visit.request.query_params.get("exercise", "")))
    counted = await visit.service.database.read(
        marks_in, visit.where, await titles_in(visit), which
    )
    every = [one.mark for one in counted]
    if CSV in visit.request.headers.get("accept", ""):
        return Response(table(every), 200, None, f"{CSV}; charset=utf-8")
    start = whole_number(visit, "start", 0, 10**9)
    limit = max(1, whole_number(visit, "limit", MOST_MARKS, MOST_MARKS))
    page = [{"person": mark.student.key, **_mark(mark)} for mark in every[start : start + limit]]
    following = start + limit if start + limit < len(every) else None
    return json_answer(visit, {"marks": page, "of": len(every), "next": following})


async def override(visit: Visit) -> Response:
    """Change a mark, or a check in it, with a reason."""
    sent = await asked_in_json(visit)
    score = sent.get("score")
    if score is not None and not _is_points(score):
        raise Problem(422, "score has to be 0 or more, or null for a remark alone.")
    exercise, comment = text_in(sent, "exercise"), text_in(sent, "comment")
    if exercise not in await titles_in(visit):
        raise Problem(422, "This exercise is not in the course.")
    person, check = visit.request.path_params["person"], text_in(sent, "check", required=False)
    said = WrittenOverride(
        0, exercise, person, check, score, comment, visit.who.id, visit.service.now()
    )
    await write_override(visit, said)
    which = WhichMarks(exercise, person)
    counted = await visit.service.database.read(
        marks_in, visit.where, await titles_in(visit), which
    )
    return json_answer(visit, {"marks": [_mark(one.mark) for one in counted]})


async def read_hidden(visit: Visit) -> Response:
    """Return who of the staff sees what hidden checks ask."""
    return json_answer(visit, {"hidden_for": visit.where.hidden_for.value})


async def set_hidden(visit: Visit) -> Response:
    """Say who of the staff sees what hidden checks ask: staff, instructor or nobody."""
    word = text_in(await asked_in_json(visit), "hidden_for")
    await write_hidden_for(visit, word)
    return json_answer(visit, {"hidden_for": word})


async def begin_regrade(visit: Visit) -> Response:
    """Begin to grade an exercise again; its preview says when it is ready."""
    sent = await asked_in_json(visit)
    exercise, comment = text_in(sent, "exercise"), text_in(sent, "comment")
    if exercise not in await titles_in(visit):
        raise Problem(422, "This exercise is not in the course.")
    made = await regrade(visit.service, visit.where, exercise, visit.who.id, comment)
    answer = json_answer(visit, {"id": made.id, "state": made.state.value}, 202)
    answer.headers["location"] = f"/v1/courses/{visit.where.id}/regrades/{made.id}"
    return answer


async def read_regrade(visit: Visit) -> Response:
    """Return what a regrade would change, or has changed."""
    return json_answer(visit, _preview(await preview_of(visit)))


async def publish(visit: Visit) -> Response:
    """Have a regrade count."""
    return await _done(visit, publish_regrade)


async def undo(visit: Visit) -> Response:
    """Have what counted before a regrade count again."""
    return await _done(visit, undo_regrade)


async def _done(visit: Visit, change: Any) -> Response:
    shown = await preview_of(visit)
    await visit.service.database.write(change, shown, visit.who.id, visit.service.now())
    return json_answer(visit, _preview(await preview_of(visit)))


def _preview(shown: Preview) -> dict[str, Any]:
    changes = [
        {"person": one.student, "before": one.before, "after": one.after}
        for one in shown.changes.changes
    ]
    return {
        "id": shown.regrade.id,
        "exercise": shown.regrade.exercise,
        "state": shown.regrade.state.value,
        "comment": shown.regrade.comment,
        "done": shown.progress.done,
        "of": shown.progress.of,
        "changes": changes,
    }


def _mark(mark: Mark) -> dict[str, Any]:
    return {
        "exercise": mark.exercise,
        "score": mark.score,
        "max_score": mark.max_score,
        "raw_score": mark.raw_score,
        "penalty": mark.penalty,
        "late": mark.late,
        "submitted_at": mark.timestamp,
        "due": mark.due,
        "comment": mark.comment,
        "problem": mark.problem,
        "submission": mark.submission,
    }


def _is_points(value: object) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and isfinite(float(value)) and float(value) >= 0  # type: ignore[arg-type]
