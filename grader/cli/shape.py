"""What the submissions of a course were handed in as, which says what their ids are of."""

from pathlib import Path

from grader.course.batch.folder import NotACourse, about
from grader.submissions.intake.ownership import SHAPES


def shape_of(course: Path) -> str:
    """Return the name of the shape that `grade batch` has written down, "" where it is unknown."""
    try:
        told = str(about(course).get("shape", ""))
    except NotACourse:
        return ""
    return next((name for name, says in SHAPES.items() if told.startswith(f"{says}: ")), "")
