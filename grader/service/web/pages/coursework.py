"""What a student comes for: the exercises of a course, the task of one, and handing in."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from markupsafe import Markup
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from grader.course.marks import Mark
from grader.errors import GraderError
from grader.exercises.exercise import Exercise
from grader.service.database.courses import CourseExercise, exercises_in, extensions_in
from grader.service.database.gradings import gradings_with
from grader.service.database.marks import WhichMarks, marks_in
from grader.service.database.submissions import submissions_in
from grader.service.exercises import STARTER
from grader.service.problems import Problem
from grader.service.submit import HandIn, hand_in, verdict
from grader.service.uploads import MOST_FILES, upload_of
from grader.service.web.rendering import html_page
from grader.service.web.rights import Visit

FORM_FIELDS: Final = 8
PART_BYTES: Final = 6 << 20


class ExerciseLine(NamedTuple):
    """An exercise in the list of a course.

    Attributes:
        path: its path.
        title: its title.
        points: the most there are; None where it is broken.
        due: when it is due for whoever reads this, None where it is never late.
        mark: theirs, None where they have none.
    """

    path: str
    title: str
    points: float | None
    due: float | None
    mark: Mark | None


async def course_page(visit: Visit) -> Response:
    """Show the exercises of a course, with the marks of whoever asks."""
    lines = await exercise_lines(visit, visit.who.id)
    tracks: dict[str, list[ExerciseLine]] = {}
    for line in lines:
        tracks.setdefault(line.path.partition("/")[0], []).append(line)
    return html_page(visit, visit.where.title, "coursework.html.jinja", tracks=tracks)


async def exercise_lines(visit: Visit, person_id: str) -> list[ExerciseLine]:
    """Return the exercises of a visit's course, with somebody's marks."""
    database, course, shelf = visit.service.database, visit.where, visit.service.shelf
    exercises = await database.read(exercises_in, course.id)
    more = await database.read(extensions_in, course.id)
    titles = shelf.titles(one.path for one in exercises)
    counted = await database.read(marks_in, course, titles, WhichMarks(person_id=person_id))
    marks = {one.mark.exercise: one.mark for one in counted}
    return [
        ExerciseLine(
            one.path,
            titles[one.path],
            _points(loaded_exercise(visit, one.path)),
            _due(one, more, person_id),
            marks.get(one.path),
        )
        for one in exercises
    ]


async def exercise_page(visit: Visit) -> Response:
    """Show the task of an exercise, the form, and what whoever asks has handed in."""
    return await _exercise_page(visit, "", None)


async def starter(visit: Visit) -> Response:
    """Send the file that a student may begin with."""
    content = visit.service.shelf.starter(visit.which.path)
    headers = {"content-disposition": f'attachment; filename="{STARTER}"'}
    return Response(content, 200, headers, "text/x-python; charset=utf-8")


async def submit(visit: Visit) -> Response:
    """Take a submission, and lead to its verdict; what was pasted is kept where it is refused."""
    async with visit.request.form(
        max_files=MOST_FILES, max_fields=FORM_FIELDS, max_part_size=PART_BYTES
    ) as form:
        try:
            upload = await upload_of(form)
            handed = HandIn(visit.where, visit.which, visit.who.id, upload.files, upload.note)
            submission = await hand_in(visit.service, handed)
        except Problem as problem:
            return await _exercise_page(visit, _pasted(form), problem)
    await verdict(visit.service, submission, visit.service.settings.wait_s)
    return RedirectResponse(f"/submissions/{submission.id}", 303)


async def _exercise_page(visit: Visit, pasted: str, problem: Problem | None) -> Response:
    database, course, path = visit.service.database, visit.where, visit.which.path
    attempts = await database.read(submissions_in, course.id, path, visit.who.id)
    graded = await database.read(gradings_with, [one.grading_id for one in attempts])
    more = await database.read(extensions_in, course.id)
    titles = visit.service.shelf.titles([path])
    which = WhichMarks(path, visit.who.id)
    marks = await database.read(marks_in, course, titles, which)
    exercise = loaded_exercise(visit, path)
    response = html_page(
        visit,
        titles[path],
        "exercise.html.jinja",
        exercise=exercise,
        task=Markup(without_heading(visit.service.shelf.task(path))) if exercise else "",
        due=_due(visit.which, more, visit.who.id),
        attempts=attempts,
        gradings=graded,
        mark=marks[0].mark if marks else None,
        pasted=pasted,
        problem=problem,
        path=path,
        heading=titles[path],
    )
    response.status_code = problem.status if problem else 200
    return response


def loaded_exercise(visit: Visit, path: str) -> Exercise | None:
    """Return an exercise, None where it is broken: everything else of the course still works."""
    try:
        return visit.service.shelf.load(path)
    except GraderError:
        return None


def _points(exercise: Exercise | None) -> float | None:
    return exercise.points if exercise else None


def _due(
    exercise: CourseExercise, more: Mapping[tuple[str, str], object], person_id: str
) -> float | None:
    extension = more.get((exercise.path, person_id))
    policy = exercise.late_policy(getattr(extension, "due", None))
    return policy.due.timestamp() if policy.due else None


def _pasted(form: FormData) -> str:
    pasted = form.get("code", "")
    return pasted if isinstance(pasted, str) else ""


def without_heading(task: str) -> str:
    """Return a task without its first heading, which the page has already."""
    before, heading, after = task.partition("</h1>")
    return after if heading and before.startswith("<h1>") else task
