"""What people say of marks comes last, with their words; a line that fits nothing is told."""

from pathlib import Path

import pytest

from grader.course.batch.overrides import (
    FILE,
    BadOverrides,
    OverriddenMarks,
    apply_overrides,
    points_above_maximum,
    read_overrides,
)
from grader.course.marks import Mark, ScoredCheck
from grader.submissions.student import Student

ANT = Student("ant_2", "Alice Ant", "4711", email="alice@example.org")
BEE = Student("bee", "Bob Bee")
CHECKS = (
    ScoredCheck("power_values", "failed", 0.0, 1.0),
    ScoredCheck("squares", "passed", 2.0, 2.0),
)
MARK = Mark(ANT, "my475/ex9", "Powers", 1.8, 3.0, 2.0, 0.2, comment="late", checks=CHECKS)
OTHER = Mark(BEE, "my475/ex9", "Powers", None, 3.0, problem="no script")
HEAD = "student,check,score,comment,who\n"


def said(folder: Path, lines: str, *marks: Mark) -> OverriddenMarks:
    (folder / FILE).write_text(HEAD + lines, encoding="utf-8")
    return apply_overrides(marks or (MARK, OTHER), read_overrides(folder))


@pytest.mark.parametrize("student", ["ant_2", "4711", "alice@example.org", "Alice Ant"])
@pytest.mark.parametrize("check", ["power_values", "ex9.power_values", "my475/ex9.power_values"])
def test_a_check_gets_a_persons_points(tmp_path: Path, student: str, check: str) -> None:
    found = said(tmp_path, f"{student},{check},1,a typo in the task,Ada\n")

    mark, other = found.marks
    assert mark.score == pytest.approx(2.8)
    assert mark.checks[0].score == 1.0
    assert mark.comment == ("late; power_values: 1 instead of 0, a typo in the task (Ada)")
    assert other == OTHER
    assert found.unused == ()


def test_a_whole_score_stands_above_penalties(tmp_path: Path) -> None:
    mark, _ = said(tmp_path, "ant_2,ex9,3,,Ada\n").marks

    assert mark.score == 3.0
    assert mark.comment == "late; points: 3 instead of 1.8 (Ada)"


def test_what_could_not_be_graded_gets_a_score(tmp_path: Path) -> None:
    _, mark = said(tmp_path, '"Bob Bee",,"1,5",on paper,Ada\n').marks

    assert mark.score == 1.5
    assert mark.comment == "points: 1.5 instead of none, on paper (Ada)"


def test_a_comment_alone_changes_no_score(tmp_path: Path) -> None:
    mark, _ = said(tmp_path, 'ant_2,,,"well\nreasoned",\n').marks

    assert (mark.score, mark.comment) == (1.8, "late; well\nreasoned")


def test_a_check_taken_back_after_a_penalty_leaves_no_less_than_nothing(tmp_path: Path) -> None:
    late = MARK._replace(score=0.5)

    (found,) = said(tmp_path, "ant_2,squares,0,,Ada\n", late).marks

    assert found.score == 0.0


def test_more_points_than_there_are_count_and_are_said(tmp_path: Path) -> None:
    found = said(tmp_path, "ant_2,power_values,100,,\nbee,,3,,\n")

    assert found.marks[0].score == pytest.approx(101.8)
    assert list(points_above_maximum(found.marks)) == [
        "Alice Ant has more than all points of my475/ex9: 101.8 of 3, power_values 100 of 1"
    ]


def test_a_later_line_comes_last(tmp_path: Path) -> None:
    mark, _ = said(tmp_path, "ant_2,ex9,3,,\nant_2,ex9,2,,\n").marks

    assert mark.score == 2.0


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("eve,,1,,", "overrides.csv, line 2: no student 'eve'"),
        ("ant_2,cubes,1,,", "overrides.csv, line 2: no check 'cubes'"),
    ],
)
def test_a_line_that_fits_nothing_is_told(tmp_path: Path, line: str, complaint: str) -> None:
    found = said(tmp_path, f"{line}\n")

    assert found.unused == (complaint,)
    assert found.marks == (MARK, OTHER)


def test_a_line_that_fits_several_is_told_and_changes_nothing(tmp_path: Path) -> None:
    second = MARK._replace(exercise="my475/ex8")

    found = said(tmp_path, "ant_2,power_values,1,,\n", MARK, second)

    assert found.marks == (MARK, second)
    assert found.unused == ("overrides.csv, line 2: 'ant_2' and 'power_values' fit several marks",)


def test_without_a_file_nobody_says_anything(tmp_path: Path) -> None:
    assert read_overrides(tmp_path) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("student,score\nant,1\n", "no column 'check'"),
        ("", "no column 'student'"),
        (f"{HEAD}ant_2,ex9,three,,\n", "line 2: 'three' is no number of points"),
        (f"{HEAD}ant_2,ex9,nan,,\n", "line 2: 'nan' is no number of points"),
        (f"{HEAD}ant_2,ex9,1,,\nant_2,ex9,-5,,\n", "line 3: -5 is less than no points"),
        (f'{HEAD}ant_2,squares,"-0,5",,\n', "line 2: -0,5 is less than no points"),
        (f"{HEAD}ant_2,ex9,1.5.2,,\n", "line 2: '1.5.2' is no number of points"),
    ],
)
def test_a_file_that_is_no_table_of_marks_is_said(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")

    with pytest.raises(BadOverrides, match=reason):
        read_overrides(tmp_path)


def test_a_spreadsheets_mark_at_the_beginning_is_no_part_of_a_column(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xef\xbb\xbf" + f"{HEAD}ant_2,,1,,\r\n".encode())

    assert [one.student for one in read_overrides(tmp_path)] == ["ant_2"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("head", ["", "sep={}\r\n", "\r\n"])
def test_it_is_read_as_a_spreadsheet_saves_it(
    tmp_path: Path, encoding: str, delimiter: str, head: str
) -> None:
    rows = (("Student", " CHECK", "Score ", "comment", "who"), ("Zoë", "", '"4,5"', "schön", ""))
    text = head.format(delimiter) + "\r\n".join(map(delimiter.join, rows)) + "\r\n\r\n"
    (tmp_path / FILE).write_bytes(text.encode(encoding))

    (one,) = read_overrides(tmp_path)

    assert one[1:] == ("Zoë", "", 4.5, "schön", "")


def test_a_student_twice_is_said(tmp_path: Path) -> None:
    found = said(tmp_path, "ant_2,,2,,\nbee,,1,,\n4711,ex9,3,,\nant_2,,,well done,\n")

    assert found.marks[0].score == 3.0
    assert found.repeated == (
        "overrides.csv, line 4: '4711' has points for ex9 on line 2 already; those of line 4 count",
    )


def test_points_for_two_checks_are_no_repetition(tmp_path: Path) -> None:
    assert said(tmp_path, "ant_2,squares,1,,\nant_2,power_values,1,,\n").repeated == ()


def test_a_comma_that_makes_two_cells_of_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(f"{HEAD}ant_2,,4,5,well done,Ada\n", encoding="utf-8")

    with pytest.raises(BadOverrides, match="line 2 has 6 cells, and the first line 5: a comma"):
        read_overrides(tmp_path)


def test_a_name_is_found_however_its_accents_are_written(tmp_path: Path) -> None:
    zoe = MARK._replace(student=Student("zoe", "Zoe\u0308 Bee"))

    assert said(tmp_path, "Zo\u00eb Bee,,1,,\n", zoe).marks[0].score == 1.0


@pytest.mark.parametrize("score", ["1e308", "1000001", "inf", "nan", "-1"])
def test_points_that_nobody_can_mean_are_refused_with_the_line(tmp_path: Path, score: str) -> None:
    with pytest.raises(BadOverrides, match=rf"overrides\.csv, line 2: .*{score}"):
        said(tmp_path, f"ant_2,,{score},,\n")


def test_a_quote_that_is_never_closed_loses_nobody(tmp_path: Path) -> None:
    with pytest.raises(BadOverrides, match="line 3: unexpected end of data; is there a quote too"):
        said(tmp_path, 'ant_2,,1,a,Ada\nbee,,2,"typo,Ada\nant_2,,3,,Ada\n')
