"""A group's score reaches its members, and nobody who is called like the group."""

from pathlib import Path

import pytest

from grader.course.gradebook.csv_sheet import sheet_of
from grader.course.gradebook.fill_column import FillOptions
from grader.course.gradebook.moodle.feedback_zip import zipped
from grader.course.gradebook.moodle.teams import team_column
from grader.course.gradebook.moodle.worksheet import participants, with_scores
from grader.submissions.student import Student
from tests.course.gradebook.sample import MOODLE, exported, got

TEAMS = MOODLE.replace(",Status,", ",Status,Group,")
for _name, _group in (("Alice", "Team Ä 1"), ("Zoë", "Alice Ant"), ("Cy", "Alice Ant")):
    TEAMS = "\n".join(
        line.replace(",Submitted for", f",{_group},")
        .replace('grading",', f'grading",{_group},')
        .replace('No submission",', f'No submission",{_group},')
        if f'"{_name} ' in line
        else line
        for line in TEAMS.split("\n")
    )
SHEET = sheet_of(exported(TEAMS.replace(",No,", ",Yes,")))
FIRST = Student("Team Ä 1_151", "Team Ä 1", file_id="151")
SECOND = Student("Alice Ant_2", "Alice Ant", file_id="2")  # a group called like a student
WANTED = FillOptions(("Powers",))


def test_each_member_gets_the_group_s_score_and_nobody_else() -> None:
    found = with_scores(SHEET, [got(SECOND, 3.0, "moodle")], WANTED)

    assert [(one.who, one.new) for one in found.changes] == [("Zoë Bee", "3"), ("Cy Cat", "3")]
    assert found.lost == ()


def test_a_group_without_a_row_and_two_of_one_name_are_listed() -> None:
    unknown = Student("x", "Team Z", file_id="9")
    everyone = [got(FIRST, 1.0), got(unknown, 2.0), got(FIRST._replace(key="y"), 3.0)]

    found = with_scores(SHEET, everyone, WANTED)

    assert found.changes == ()
    assert found.lost == (
        "Team Ä 1: ambiguous: two groups are called so",
        "Team Z: no row with this group",
        "Team Ä 1: ambiguous: two groups are called so",
    )


def test_a_page_is_named_by_the_group_s_number(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    one = got(FIRST, 1.0, "moodle")
    (tmp_path / one.page).write_text("page", encoding="utf-8")

    assert participants(SHEET, [one]) == [("Team Ä 1_151", "Team Ä 1", "151")]
    assert zipped(tmp_path, [one], participants(SHEET, [one]), "ex9").pages == 1


@pytest.mark.parametrize("header", ["Gruppe", "グループ", "Ομάδα"])
def test_the_column_is_known_in_other_languages(header: str) -> None:
    text = TEAMS.replace(",Group,", f",{header},")

    assert team_column(sheet_of(exported(text))) == 4


def test_where_everybody_hands_in_alone_there_is_none() -> None:
    assert team_column(sheet_of(exported(MOODLE))) is None
