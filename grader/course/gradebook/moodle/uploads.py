"""What Moodle's importer drops without a word, and what has to be done so that it does not."""

from collections.abc import Collection, Iterator
from typing import Final

from grader.course.gradebook.csv_sheet import Sheet

BOX: Final = (
    "Update records that have been modified more recently in Moodle than in the spreadsheet"
)
SHEET_FIRST: Final = (
    "upload the worksheet first, and the pages after it: pages change a grade's date, and Moodle "
    "leaves out rows that are older"
)


def order_of_uploads(sheet: Sheet, modified: int | None, changed: Collection[int]) -> Iterator[str]:
    """Yield what to tick, where Moodle would otherwise leave out rows that change.

    Moodle leaves out a row whose grade was changed after the date in the worksheet, and reads that
    date in English alone.

    Args:
        sheet: the worksheet.
        modified: the column that says when a grade was changed last; None where it is not known.
        changed: the rows that change.
    """
    dated = [row for row in changed if modified is not None and _has_date(sheet, row, modified)]
    if dated:
        rows = f"{len(dated)} of the rows that change {'has' if len(dated) == 1 else 'have'}"
        yield f"{rows} a grade or a page in Moodle already: tick {BOX!r} when you upload it"


def _has_date(sheet: Sheet, row: int, column: int) -> bool:
    return any(character.isdigit() for character in sheet.text((row, column)))
