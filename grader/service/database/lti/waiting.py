"""What waits so long for its verdict that an LMS may be told of it meanwhile.

These are first submissions alone: what is told of one without a mark would take away a mark that
stands.
"""

from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, select

from grader.service.database.lti.tables import lti_contexts, lti_links, lti_marks, lti_members
from grader.service.database.people import Role
from grader.service.database.schema import submissions
from grader.service.database.submissions import WAITING

SHORT_S: Final = 30.0
"""A verdict that comes sooner is told alone."""

OF_THEIRS: Final = ("exercise", "person_id")


class Handed(NamedTuple):
    """A submission of which an LMS knows nothing.

    Attributes:
        context: the course of the LMS.
        exercise: its path.
        person_id: whose.
        submission: its id.
    """

    context: str
    exercise: str
    person_id: str
    submission: str


def unheard(connection: Connection, at: float) -> list[Handed]:
    """Return the first submission of each student in an exercise that waits long, oldest first.

    There is no grading of theirs in the exercise, nothing on its way to the LMS or there, and the
    LMS has told that they are a student, and has a link to the exercise.
    """
    is_member = and_(
        lti_members.c.context == lti_contexts.c.id,
        lti_members.c.person_id == submissions.c.person_id,
        lti_members.c.role == Role.STUDENT.value,
    )
    found = (
        select(lti_contexts.c.id, *(submissions.c[one] for one in (*OF_THEIRS, "id")))
        .join(lti_contexts, lti_contexts.c.course_id == submissions.c.course_id)
        .join(lti_members, is_member)
        .where(
            submissions.c.state.in_([one.value for one in WAITING]),
            submissions.c.made_at <= at - SHORT_S,
            *_conditions(),
        )
        .order_by(submissions.c.number)
    )
    firsts: dict[tuple[str, ...], Handed] = {}
    for row in connection.execute(found).all():
        firsts.setdefault(tuple(row[:3]), Handed(*row))
    return list(firsts.values())


def _conditions() -> tuple[ColumnElement[bool], ...]:
    """Return that a link opens the exercise, that nothing was told, and that nothing is graded."""
    others, here = submissions.alias(), lti_contexts.c.id
    opened = select(lti_links.c.link_id).where(
        lti_links.c.context == here, lti_links.c.exercise == submissions.c.exercise
    )
    told = select(lti_marks.c.number).where(
        lti_marks.c.context == here, *(lti_marks.c[one] == submissions.c[one] for one in OF_THEIRS)
    )
    graded = select(others.c.number).where(
        *(others.c[one] == submissions.c[one] for one in ("course_id", *OF_THEIRS)),
        others.c.grading_id.is_not(None),
    )
    return opened.exists(), ~told.exists(), ~graded.exists()
