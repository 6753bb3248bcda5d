"""Matches the students of a course with the rows of a gradebook."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from grader.course.gradebook.name_matching import are_strangers, bare, names, texts
from grader.submissions.student import Student

CANVAS: Final = "canvas"
CANVAS_ID: Final = "canvas_id"
NOT_OF_CANVAS: Final = frozenset({"blackboard", "brightspace", "gradescope", "nbgrader"})
"""Shapes whose ids are an institution's or their own system's, never Canvas's number."""


class KnownStudent(NamedTuple):
    """A student, and what a roster says of them besides.

    Attributes:
        student: as the marks have them, completed by the roster.
        roster_ids: what other systems call them: a roster's column → its text.
        shape: what they were handed in as, see `ownership.SHAPES`, and so what their id is of; ""
            where nobody knows, or a roster says it.
        vouched: whether a roster says an id of them, which counts whatever they are called.
        member_of: the key of the group that they handed in with; "" where they did so alone.
    """

    student: Student
    roster_ids: Mapping[str, str]
    shape: str = ""
    vouched: bool = False
    member_of: str = ""

    @property
    def marked_as(self) -> str:
        """The key under which their marks stand."""
        return self.member_of or self.student.key


class Clue(NamedTuple):
    """One way to tell whose row it is; a student and a row share it where they share a text.

    Attributes:
        what: in words.
        of_person: what a student has.
        of_row: what a row has.
    """

    what: str
    of_person: Callable[[KnownStudent], Iterable[str]]
    of_row: Callable[[int], Iterable[str]]


class RowMatches(NamedTuple):
    """The rows of students.

    Attributes:
        rows: a student's key → the row.
        lost: the students without one, each with the reason, in a line.
    """

    rows: Mapping[str, int]
    lost: tuple[str, ...]


class GradebookRows(NamedTuple):
    """The rows of a gradebook.

    Attributes:
        all: those that are somebody's.
        named: the name in a row, "" where there is none.
        called: what a row is called, where clues contradict each other.
    """

    all: Sequence[int]
    named: Callable[[int], str]
    called: Callable[[int], str]


def a_row(row: int) -> str:
    """Return the name of a table's row, counted as a spreadsheet does."""
    return f"row {row + 1}"


def match_rows(
    people: Sequence[KnownStudent], rows: GradebookRows, clues: Sequence[Clue]
) -> RowMatches:
    """Match students with their rows.

    A clue counts where it leads to one row and no other student shares it. Clues that lead to
    different rows contradict each other, as does a row with the name of somebody else, and nobody's
    score is written on a guess; of two students who are led to the same row, the one with the
    better clue has it.

    Args:
        people: the students.
        rows: what they are looked for in.
        clues: the best first.
    """
    leads_by_clue = [_rows_by_student(people, rows.all, clue) for clue in clues]
    best: dict[str, tuple[int, int]] = {}
    lost: dict[str, str] = {}
    for person in people:
        key = person.student.key
        leads = [
            (rank, rows_by_key[key])
            for rank, rows_by_key in enumerate(leads_by_clue)
            if key in rows_by_key
        ]
        reached = {row for _, some in leads for row in some if len(some) == 1}
        if len(reached) != 1:
            lost[key] = _why_none(clues, leads, rows)
            continue
        rank, row = next((rank, some[0]) for rank, some in leads if len(some) == 1)
        if is_stranger(person, rows.named(row)):
            lost[key] = f"contradictory: {clues[rank].what} → {_name_of_row(rows, row)}"
        else:
            best[key] = (rank, row)
    for key in _without_their_row(best):
        lost[key] = "ambiguous: another student has the same row"
        del best[key]
    ordered = [f"{_name_of(one.student)}: {lost[one.student.key]}" for one in people
               if one.student.key in lost]  # fmt: skip
    return RowMatches({key: row for key, (_, row) in best.items()}, tuple(ordered))


def names_of(person: KnownStudent) -> set[str]:
    """Return the forms by which a student's name is compared."""
    student = person.student
    first, last = student.first_name, student.last_name
    both = (f"{first} {last}", f"{last} {first}") if first and last else ()
    return names(student.name, *both)


def ids_of(person: KnownStudent, kind: str) -> set[str]:
    """Return the ids of a kind that a student may have: the roster's, else the submission's.

    The number in Canvas's own zip is Canvas's, and equals somebody's id of another kind by chance
    alone; without a name beside it, it is of an anonymous submission and nobody's.

    Args:
        person: who.
        kind: a roster's column.
    """
    student = person.student
    if kind in person.roster_ids:
        return texts(person.roster_ids[kind])
    if person.shape == CANVAS:
        return texts(student.student_id) if kind == CANVAS_ID and student.name else set()
    if kind == CANVAS_ID and person.shape in NOT_OF_CANVAS:
        return set()
    return texts(student.student_id, student.key)


def is_stranger(person: KnownStudent, name: str) -> bool:
    """Return whether a name is plainly another one than the student's."""
    student = person.student
    ids = {bare(one) for one in (student.key, student.student_id, student.email)}
    own_name = "" if bare(student.name) in ids else student.name
    mine = " ".join((own_name, student.first_name, student.last_name))
    glued = person.shape == CANVAS  # a name in Canvas's zip is one, a group's with its number too
    return not person.vouched and are_strangers(mine, name, digits=glued)


def _rows_by_student(
    people: Sequence[KnownStudent], rows: Sequence[int], clue: Clue
) -> dict[str, list[int]]:
    """Return the rows that a clue leads each student to; none for those whom it tells nothing."""
    by_text: dict[str, list[int]] = {}
    for row in rows:
        for text in clue.of_row(row):
            by_text.setdefault(text, []).append(row)
    rows_by_key: dict[str, list[int]] = {}
    for person in people:
        reached = {row for text in clue.of_person(person) for row in by_text.get(text, ())}
        if reached:
            rows_by_key[person.student.key] = sorted(reached)
    return rows_by_key


def _without_their_row(best: Mapping[str, tuple[int, int]]) -> list[str]:
    """Return the students who share a row with one of a better, or an equally good, clue."""
    ranks = Counter((row, rank) for rank, row in best.values())
    first = {row: min(rank for rank, other in best.values() if other == row)
             for _, row in best.values()}  # fmt: skip
    return [key for key, (rank, row) in best.items() if rank > first[row] or ranks[(row, rank)] > 1]


def _why_none(
    clues: Sequence[Clue], leads: Sequence[tuple[int, list[int]]], rows: GradebookRows
) -> str:
    """Return why clues lead to no row, or to several."""
    if not leads:
        return f"no row with their {' or '.join(clue.what for clue in clues)}"
    clear = [
        f"{clues[rank].what} → {rows.called(some[0])}" for rank, some in leads if len(some) == 1
    ]
    if clear:
        return f"ambiguous: {', '.join(clear)}"
    rank, fits = leads[0]
    return f"ambiguous: {len(fits)} rows with their {clues[rank].what}"


def _name_of_row(rows: GradebookRows, row: int) -> str:
    """Return the name of a row, with the student's name that is in it."""
    called, name = rows.called(row), rows.named(row)
    return f"another name, {name}" if called == name else f"{called}, another name, {name}"


def _name_of(student: Student) -> str:
    return f"{student.name} ({student.key})" if student.name else student.key
