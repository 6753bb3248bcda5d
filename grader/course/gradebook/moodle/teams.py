"""Group submissions: the zip has a folder for each group, the worksheet a row for each member."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from grader.course.gradebook.column_scores import ColumnScore
from grader.course.gradebook.csv_sheet import Sheet
from grader.course.gradebook.matching import RowMatches
from grader.course.gradebook.name_matching import bare

GROUPS: Final = frozenset(
    map(
        bare,
        (
            *("Group", "Gruppe", "Groupe", "Grupo", "Gruppo", "Groep", "Группа", "Grupp", "Grup"),
            *("Група", "グループ", "المجموعة", "مجموعة", "Taldea", "Ομάδα", "组", "小组", "그룹"),
            *("모둠", "Grupė", "Grupa", "Skupina", "Ryhmä", "Csoport", "קבוצה"),
        ),
    )
)
"""The header of the column that only an assignment of groups has, left of the grades."""


class TeamMembers(NamedTuple):
    """The score of each group as its members'.

    Attributes:
        scores: one for each member, under a key of its own.
        matches: the row of each, and the groups without any.
        teams: of each group that was found, its key, its name and its number.
    """

    scores: list[ColumnScore]
    matches: RowMatches
    teams: list[tuple[str, str, str]]


def team_column(sheet: Sheet) -> int | None:
    """Return the column that says whose group it is; None where everybody hands in alone."""
    fits = [index for index, name in enumerate(sheet.header) if index and bare(name) in GROUPS]
    return fits[0] if len(fits) == 1 else None


def team_members(sheet: Sheet, scores: Sequence[ColumnScore]) -> TeamMembers | None:
    """Return the scores of groups as their members'; None where everybody hands in alone.

    The name and number of a folder are the group's, and nobody's else, whatever a student is
    called.
    """
    column = team_column(sheet)
    if column is None:
        return None
    rows_of: dict[str, list[int]] = {}
    for row in range(1, len(sheet.rows)):
        rows_of.setdefault(bare(sheet.text((row, column))), []).append(row)
    members, rows, lost, teams = [], {}, [], []
    names = [bare(one.person.student.name) for one in scores]
    for one, name in zip(scores, names, strict=True):
        student = one.person.student
        if reason := _why_none(name, names, rows_of):
            lost.append(f"{student.name or student.key}: {reason}")
            continue
        teams.append((student.key, student.name, student.file_id))
        for member, row in _as_members(one, rows_of[name]):
            members.append(member)
            rows[member.person.student.key] = row
    return TeamMembers(members, RowMatches(rows, tuple(lost)), teams)


def _why_none(name: str, names: Sequence[str], rows_of: dict[str, list[int]]) -> str:
    """Return why a group has no rows, "" where it has."""
    if not name or name not in rows_of:
        return "no row with this group"
    return "ambiguous: two groups are called so" if names.count(name) > 1 else ""


def _as_members(one: ColumnScore, rows: Sequence[int]) -> Iterator[tuple[ColumnScore, int]]:
    for row in rows:
        student = one.person.student._replace(key=f"{one.person.student.key}, row {row + 1}")
        yield one._replace(person=one.person._replace(student=student)), row
