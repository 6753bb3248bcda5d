"""What students ask and people answer, and notes to all who have a misconception."""

from typing import NamedTuple

from sqlalchemy import Connection, RowMapping, and_, insert, select, update

from grader.service.database.people import new_id
from grader.service.database.schema import misconception_notes, second_looks, submissions


class SecondLook(NamedTuple):
    """A student's wish that a person looks at a submission, and what the person said.

    Attributes:
        id: of it.
        submission: the submission's number.
        question: why.
        made_at: when.
        answer: "" before there is one.
        answered_by: whose.
        answered_at: when.
    """

    id: str
    submission: int
    question: str
    made_at: float
    answer: str = ""
    answered_by: str | None = None
    answered_at: float | None = None


class MisconceptionNote(NamedTuple):
    """A note to everyone whose submission to an exercise has a misconception."""

    exercise: str
    misconception: str
    says: str
    by_id: str | None
    made_at: float


def ask_for_look(connection: Connection, submission: int, question: str, at: float) -> None:
    """Write down that somebody asks for a second look."""
    look = SecondLook(new_id(), submission, question, at)
    connection.execute(insert(second_looks).values(**look._asdict()))


def answer_looks(
    connection: Connection, submission: int, answer: str, by_id: str, at: float
) -> bool:
    """Answer what waits for an answer about a submission; return whether anything did."""
    here = second_looks.c.submission == submission, second_looks.c.answered_at.is_(None)
    values = {"answer": answer, "answered_by": by_id, "answered_at": at}
    return bool(connection.execute(update(second_looks).where(*here).values(**values)).rowcount)


def looks_at(connection: Connection, submission: int) -> list[SecondLook]:
    """Return what was asked and answered about a submission, the oldest first."""
    found = select(second_looks).where(second_looks.c.submission == submission)
    rows = connection.execute(found.order_by(second_looks.c.made_at)).mappings().all()
    return [_look(row) for row in rows]


def open_looks(connection: Connection, course_id: str) -> list[tuple[SecondLook, str, str]]:
    """Return what waits for an answer in a course, with the submission's id and whose it is."""
    found = (
        select(second_looks, submissions.c.id.label("at"), submissions.c.person_id)
        .join(submissions, submissions.c.number == second_looks.c.submission)
        .where(submissions.c.course_id == course_id, second_looks.c.answered_at.is_(None))
        .order_by(second_looks.c.made_at)
    )
    rows = connection.execute(found).mappings().all()
    return [(_look(row), row["at"], row["person_id"]) for row in rows]


def write_note(connection: Connection, course_id: str, note: MisconceptionNote) -> None:
    """Write a note to everyone who has a misconception, in place of an earlier one."""
    here = and_(
        misconception_notes.c.course_id == course_id,
        misconception_notes.c.exercise == note.exercise,
        misconception_notes.c.misconception == note.misconception,
    )
    connection.execute(misconception_notes.delete().where(here))
    if note.says:
        values = {**note._asdict(), "id": new_id(), "course_id": course_id}
        connection.execute(insert(misconception_notes).values(**values))


def notes_in(connection: Connection, course_id: str) -> dict[tuple[str, str], MisconceptionNote]:
    """Return the notes of a course, by exercise and misconception."""
    found = select(misconception_notes).where(misconception_notes.c.course_id == course_id)
    rows = connection.execute(found).mappings().all()
    notes = [MisconceptionNote(*(row[name] for name in MisconceptionNote._fields)) for row in rows]
    return {(note.exercise, note.misconception): note for note in notes}


def _look(row: RowMapping) -> SecondLook:
    return SecondLook(*(row[name] for name in SecondLook._fields))
