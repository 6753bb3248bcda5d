"""Marks go out in the LMS's own file: its export comes in, and goes back with the scores in it."""

import base64
from collections.abc import Callable, Sequence
from typing import Final

from starlette.responses import Response

from grader.course.gradebook import canvas
from grader.course.gradebook.column_scores import ColumnScore, one_column, titles_of
from grader.course.gradebook.csv_sheet import Sheet, sheet_of
from grader.course.gradebook.fill_column import FilledSheet, FillOptions
from grader.course.gradebook.moodle import worksheet
from grader.course.gradebook.roster import people
from grader.course.marks import Mark
from grader.errors import GraderError
from grader.service.database.marks import WhichMarks, marks_in
from grader.service.problems import Problem
from grader.service.web.forms import storable
from grader.service.web.pages.people import uploaded
from grader.service.web.pages.teaching import titles_in
from grader.service.web.rendering import html_page
from grader.service.web.rights import Visit

Fills = Callable[[Sheet, Sequence[ColumnScore], FillOptions], FilledSheet]
SYSTEMS: Final[dict[str, Fills]] = {
    "canvas": canvas.with_scores,
    "moodle": worksheet.with_scores,
}
FIELDS: Final = 8


async def fill_sheet(visit: Visit) -> Response:
    """Fill an LMS's file with the scores of an exercise, and show what that changes in it."""
    async with visit.request.form(max_files=1, max_fields=FIELDS) as form:
        system, exercise, column = (
            storable(str(form.get(name) or ""))[:200] for name in ("system", "exercise", "column")
        )
        scaled = bool(form.get("scale"))
        content = await uploaded(form.get("file"), "Choose the file that the LMS has exported.")
    if system not in SYSTEMS or exercise not in await titles_in(visit):
        raise Problem(422, "No LMS or no exercise was chosen.")
    which = WhichMarks(exercise)
    counted = await visit.service.database.read(
        marks_in, visit.where, await titles_in(visit), which
    )
    try:
        options = (system, column, scaled or None)
        filled = filled_sheet(content, [one.mark for one in counted], options)
    except GraderError as error:
        raise Problem(422, f"{error.message}.", error.hint) from error
    return html_page(
        visit,
        "Marks for the LMS",
        "sheet.html.jinja",
        filled=filled,
        exercise=exercise,
        name=f"{exercise.rpartition('/')[2]}-{system}.csv",
        packed=base64.b64encode(filled.content).decode(),
    )


def filled_sheet(
    content: bytes, marks: Sequence[Mark], options: tuple[str, str, bool | None]
) -> FilledSheet:
    """Return an LMS's file with the scores of marks in it.

    Args:
        content: of the file.
        marks: of one exercise.
        options: which LMS; the column, "" to look for it; whether scores are scaled to its points.

    Raises:
        GraderError: it is no such file, or has no such column.
    """
    system, column, scaled = options
    students = people(dict.fromkeys(mark.student for mark in marks), None, "")
    scores = one_column(marks, students, added=False)
    return SYSTEMS[system](sheet_of(content), scores, FillOptions(titles_of(marks), column, scaled))
