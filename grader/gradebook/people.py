"""Who is who: the students of a course, and the rows of a gradebook that are theirs."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from grader.marks import Student


class Person(NamedTuple):
    """A student, and what a roster says of them besides.

    Attributes:
        student: as the marks have them, completed by the roster.
        known: what other systems call them: a roster's column → its text.
    """

    student: Student
    known: Mapping[str, str]


class Clue(NamedTuple):
    """One way to tell whose row it is; a student and a row share it where they share a text.

    Attributes:
        what: in words.
        of_person: what a student has.
        of_row: what a row has.
    """

    what: str
    of_person: Callable[[Person], Iterable[str]]
    of_row: Callable[[int], Iterable[str]]


class Matched(NamedTuple):
    """Whose row is whose.

    Attributes:
        rows: a student's key → the row.
        lost: the students without one, each with the reason, in a line.
    """

    rows: Mapping[str, int]
    lost: tuple[str, ...]


def a_row(row: int) -> str:
    """Return what a table's row is called, counted as a spreadsheet does."""
    return f"row {row + 1}"


def matched(
    people: Sequence[Person],
    rows: Iterable[int],
    clues: Sequence[Clue],
    called: Callable[[int], str] = a_row,
) -> Matched:
    """Return which row is whose.

    A clue counts where it leads to one row and no other student shares it. Clues that lead to
    different rows contradict each other, and nobody's score is written on a guess; of two students
    who are led to the same row, the one with the better clue has it.

    Args:
        people: the students.
        rows: the rows that are somebody's.
        clues: the best first.
        called: what a row is called, where clues contradict each other.
    """
    held = list(rows)
    found = [_led(people, held, clue) for clue in clues]
    best: dict[str, tuple[int, int]] = {}
    lost: dict[str, str] = {}
    for person in people:
        key = person.student.key
        leads = [(rank, led[key]) for rank, led in enumerate(found) if key in led]
        reached = {row for _, some in leads for row in some if len(some) == 1}
        if len(reached) == 1:
            best[key] = next((rank, some[0]) for rank, some in leads if len(some) == 1)
        elif reached:
            lost[key] = f"ambiguous: {_contradiction(clues, leads, called)}"
        else:
            lost[key] = _why_none(clues, leads)
    for key in _second(best):
        lost[key] = "ambiguous: another student has the same row"
        del best[key]
    ordered = [f"{_called(one.student)}: {lost[one.student.key]}" for one in people
               if one.student.key in lost]  # fmt: skip
    return Matched({key: row for key, (_, row) in best.items()}, tuple(ordered))


def names(text: str, *more: str) -> set[str]:
    """Return what a name is compared by: "Ant, Alice", "Alice Ant" and "antalice" share one."""
    last, comma, first = text.partition(",")
    spelled = {text, *more} | ({f"{first} {last}"} if comma else set())
    return {_bare(one) for one in spelled} - {""}


def names_of(person: Person) -> set[str]:
    """Return what a student's name is compared by."""
    student = person.student
    first, last = student.first_name, student.last_name
    both = (f"{first} {last}", f"{last} {first}") if first and last else ()
    return names(student.name, *both)


def texts(*said: str) -> set[str]:
    """Return what ids are compared by: without case, blanks around them, or the empty one."""
    return {one.strip().casefold() for one in said} - {""}


def _led(people: Sequence[Person], rows: Sequence[int], clue: Clue) -> dict[str, list[int]]:
    """Return the rows that a clue leads each student to; none for those whom it tells nothing."""
    by_text: dict[str, list[int]] = {}
    for row in rows:
        for text in clue.of_row(row):
            by_text.setdefault(text, []).append(row)
    led: dict[str, list[int]] = {}
    for person in people:
        reached = {row for text in clue.of_person(person) for row in by_text.get(text, ())}
        if reached:
            led[person.student.key] = sorted(reached)
    return led


def _second(best: Mapping[str, tuple[int, int]]) -> list[str]:
    """Return whoever shares a row with a student of a better, or an equally good, clue."""
    ranks = Counter((row, rank) for rank, row in best.values())
    first = {row: min(rank for rank, other in best.values() if other == row)
             for _, row in best.values()}  # fmt: skip
    return [key for key, (rank, row) in best.items() if rank > first[row] or ranks[(row, rank)] > 1]


def _contradiction(
    clues: Sequence[Clue], leads: Iterable[tuple[int, list[int]]], called: Callable[[int], str]
) -> str:
    told = (f"{clues[rank].what} → {called(some[0])}" for rank, some in leads if len(some) == 1)
    return ", ".join(told)


def _why_none(clues: Sequence[Clue], leads: Sequence[tuple[int, list[int]]]) -> str:
    if not leads:
        return f"no row with their {' or '.join(clue.what for clue in clues)}"
    rank, rows = leads[0]
    return f"ambiguous: {len(rows)} rows with their {clues[rank].what}"


def _called(student: Student) -> str:
    return f"{student.name} ({student.key})" if student.name else student.key


def _bare(name: str) -> str:
    """Return letters and digits alone, without case, however accents are written."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", name).casefold())
