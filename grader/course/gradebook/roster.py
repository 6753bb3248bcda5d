"""A roster completes what the course knows of a student: who they are in the other system."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from grader.course.gradebook.matching import KnownStudent, is_stranger
from grader.course.gradebook.name_matching import texts
from grader.course.people_table import UnreadTable, table_in
from grader.errors import Misused, at
from grader.submissions.student import Student

FINDS = ("key", "file_id", "student_id", "email", "name")
"""By what a line finds its student: the first of these columns that is somebody's."""
REPLACES = ("student_id", "file_id", "email", "name", "first_name", "last_name")
OTHERS = ("canvas_id", "sis_user_id", "sis_login_id")
GROUP = "group"
"""The column that says with which group somebody handed in: a line for each of its members."""

VOUCHES = frozenset({"student_id", "file_id", "email", *OTHERS})


class BadRoster(Misused):
    """A roster is not a table of students."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"{path}: {reason}",
            hint=f"its first line has some of {','.join((*FINDS, *REPLACES[4:], *OTHERS, GROUP))}",
        )


def people(students: Iterable[Student], roster: Path | None, shape: str = "") -> list[KnownStudent]:
    """Return the students with what a roster says of them; without one, as they are.

    Args:
        students: as the marks have them.
        roster: the file.
        shape: what they were handed in as, see `KnownStudent`.

    Raises:
        BadRoster: it is no table of students, or a line is several students', or finds one of
            another name.
    """
    by_key = {student.key: KnownStudent(student, {}, shape) for student in students}
    originals = [person.student for person in by_key.values()]
    lines: dict[str, tuple[int, Mapping[str, str]]] = {}
    members: dict[str, list[KnownStudent]] = {}
    for line, row in _lines(roster) if roster else ():
        if meant := row.get(GROUP, ""):
            key = _group_named(originals, meant, f"{roster}, line {line}")
            members.setdefault(key, []).append(_member(key, row))
            continue
        keys = _keys_named(originals, row)
        if len(keys) > 1:
            raise BadRoster(f"{roster}, line {line}", f"could be {' or '.join(keys)}")
        for key in keys:  # none: somebody who has handed nothing in
            _refuse_a_stranger(by_key[key], row, f"{roster}, line {line}")
            _refuse_a_second(lines.setdefault(key, (line, row)), row, f"{roster}, line {line}")
            by_key[key] = _completed(by_key[key], row)
    return [one for key, person in by_key.items() for one in members.get(key, [person])]


def _group_named(students: Sequence[Student], meant: str, place: str) -> str:
    """Return the key of a group.

    Raises:
        BadRoster: there is none of that name, or several.
    """
    keys = _keys_named(students, {"key": meant}) or _keys_named(students, {"name": meant})
    if len(keys) != 1:
        reason = f"could be {' or '.join(keys)}" if keys else f"no group {meant!r} handed in"
        raise BadRoster(place, reason)
    return keys[0]


def _member(key: str, row: Mapping[str, str]) -> KnownStudent:
    """Return a member of a group, who is found by what the roster says and nothing else."""
    ids = {name: row[name] for name in OTHERS if row.get(name)}
    own = {name: row[name] for name in REPLACES if row.get(name)}
    called = next(iter((*ids.values(), *own.values())), "")
    return KnownStudent(Student(f"{key}, {called}", **own), ids, vouched=True, member_of=key)


def _lines(file: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        table = table_in(file)
    except (OSError, UnreadTable) as error:
        raise BadRoster(at(file), f"cannot be read: {error}") from error
    columns = {*FINDS, *REPLACES, *OTHERS, GROUP}
    if not columns.intersection(table.columns):
        raise BadRoster(at(file), "no column that says who is who")
    return [
        (row.line, {name: text for name, text in row.cells.items() if name in columns})
        for row in table.rows
    ]


def _keys_named(students: Sequence[Student], row: Mapping[str, str]) -> list[str]:
    for column in FINDS:
        meant = texts(row.get(column, ""))
        fits = [one.key for one in students if meant & texts(getattr(one, column))]
        if fits:
            return fits
    return []


def _refuse_a_stranger(person: KnownStudent, row: Mapping[str, str], place: str) -> None:
    """Refuse a line that finds somebody with another name by an id; the key is nobody else's."""
    student, name = person.student, row.get("name", "")
    if student.key.casefold() != row.get("key", "").casefold() and is_stranger(person, name):
        raise BadRoster(place, f"is of {name}, and finds {student.name} ({student.key})")


def _refuse_a_second(
    first: tuple[int, Mapping[str, str]], row: Mapping[str, str], place: str
) -> None:
    """Refuse a line that says of a student something else than one before."""
    line, said = first
    differ = (name for name, text in row.items() if text and said.get(name))
    other = [name for name in differ if texts(row[name]) != texts(said[name])]
    if other:
        reason = f"the same student is on line {line}, with another {other[0]}"
        raise BadRoster(place, reason)


def _completed(person: KnownStudent, row: Mapping[str, str]) -> KnownStudent:
    filled = {name: text for name, text in row.items() if text}
    student = person.student._replace(**{name: filled[name] for name in REPLACES if name in filled})
    roster_ids = {name: filled[name] for name in OTHERS if name in filled}
    vouched = person.vouched or bool(VOUCHES & filled.keys())
    return KnownStudent(
        student, roster_ids, "" if "student_id" in filled else person.shape, vouched
    )
