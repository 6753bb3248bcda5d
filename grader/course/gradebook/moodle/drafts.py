"""Drafts that were never handed in: Moodle's zip has them, and a status alone says so."""

from typing import Final

from grader.course.gradebook.csv_sheet import Sheet
from grader.course.gradebook.moodle.teams import team_column

DRAFTS: Final = (
    *("draft", "entwurf", "brouillon", "borrador", "bozza", "concept", "rascunho", "utkast"),
    *("черновик", "чернетка", "taslak", "下書き", "مسودة", "esborrany", "zirriborro", "ciornă"),
    *("πρόχειρο", "草稿", "초안", "juodraštis", "kladde", "szkic", "luonnos", "koncept"),
)
"""How the status of a draft begins, or what is in it, in the languages that we know."""


def is_draft(sheet: Sheet, grade: int, row: int) -> bool:
    """Return whether what a row's student has in Moodle was never handed in.

    Args:
        sheet: the worksheet.
        grade: the column of grades; the status is left of it, or of the group.
        row: the student's.
    """
    team = team_column(sheet)
    status = sheet.text((row, (grade if team is None else team) - 1)).casefold()
    return "@" not in status and any(word in status for word in DRAFTS)
