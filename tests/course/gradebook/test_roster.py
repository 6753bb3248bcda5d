"""A roster says who a student is in another system."""

from pathlib import Path

import pytest

from grader.course.gradebook.matching import KnownStudent
from grader.course.gradebook.roster import BadRoster, people
from grader.submissions.student import Student

ANT, BEE = Student("ant", "Alice Ant"), Student("bee", "Zoë Bee", student_id="7")


def roster(folder: Path, text: str) -> Path:
    file = folder / "roster.csv"
    file.write_text(text, encoding="utf-8-sig")
    return file


def test_without_one_students_are_as_they_were_found() -> None:
    assert people([ANT, BEE], None) == [KnownStudent(ANT, {}), KnownStudent(BEE, {})]


def test_a_line_finds_its_student_and_completes_them(tmp_path: Path) -> None:
    text = "Key,Student_ID,email,canvas_id\nANT,s1,a@x.org,4711\n,7,z@x.org,\nnobody,9,,1\n"

    assert people([ANT, BEE], roster(tmp_path, text)) == [
        KnownStudent(
            ANT._replace(student_id="s1", email="a@x.org"), {"canvas_id": "4711"}, vouched=True
        ),
        KnownStudent(BEE._replace(email="z@x.org"), {}, vouched=True),
    ]


def test_a_name_alone_vouches_for_no_id_and_another_id_is_of_no_shape(tmp_path: Path) -> None:
    text = "key,name,student_id\nant,Ada Ant,\nbee,,s2\n"

    assert people([ANT, BEE], roster(tmp_path, text), "canvas") == [
        KnownStudent(ANT._replace(name="Ada Ant"), {}, "canvas"),
        KnownStudent(BEE._replace(student_id="s2"), {}, vouched=True),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a,b\n1,2\n", "no column that says who is who"),
        ("name,email\nSame,x@x.org\n", "line 2: could be a or b"),
        ("", "no column"),
    ],
)
def test_a_roster_that_says_nothing_or_too_much_is_refused(
    tmp_path: Path, text: str, says: str
) -> None:
    same = [Student("a", "Same"), Student("b", "same")]

    with pytest.raises(BadRoster, match=says) as raised:
        people(same, roster(tmp_path, text))

    assert raised.value.hint.startswith("its first line has some of key,file_id,student_id,email")


def test_a_line_that_finds_somebody_of_another_name_is_refused_unless_by_the_key(
    tmp_path: Path,
) -> None:
    text = 'student_id,name,email\n7,"Zed, Zack",zack@x.org\n'

    with pytest.raises(BadRoster, match=r"line 2: is of Zed, Zack, and finds Zoë Bee \(bee\)"):
        people([ANT, BEE], roster(tmp_path, text))
    found = people([BEE], roster(tmp_path, "key,name\nbee,Zack Zed\n"))

    assert found == [KnownStudent(BEE._replace(name="Zack Zed"), {})]


def test_a_roster_that_is_no_csv_is_said(tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_bytes(b"PK\x03\x04 and so on")

    with pytest.raises(BadRoster, match="it is a workbook of a spreadsheet, not a CSV"):
        people([ANT], file)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_roster_is_read_as_a_spreadsheet_saves_it(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    file = tmp_path / "roster.csv"
    rows = (("Name", "CANVAS_ID"), ("Zoë Bee", "12"))
    file.write_bytes("\r\n".join(map(delimiter.join, rows)).encode(encoding))

    (bee,) = people([BEE], file)

    assert bee.roster_ids == {"canvas_id": "12"}


def test_a_student_twice_in_a_roster_is_refused_where_the_lines_differ(tmp_path: Path) -> None:
    same = "key,canvas_id\nant,4711\nbee,1\nant,4711\n"
    other = same + "ANT,4712\n"

    assert people([ANT], roster(tmp_path, same))[0].roster_ids == {"canvas_id": "4711"}
    says = "line 5: the same student is on line 2, with another canvas_id"
    with pytest.raises(BadRoster, match=says):
        people([ANT], roster(tmp_path, other))


def test_a_group_s_members_have_a_line_each(tmp_path: Path) -> None:
    text = "group,canvas_id,name\nthefalcons,4711,Alice Ant\nTHEFALCONS_4712,4712,Zoë Bee\n"
    falcons = Student("thefalcons_4712", "thefalcons", "4712", "101")
    alone = Student("elkeve_4714", "elkeve", "4714", "102")

    found = people([falcons, alone], roster(tmp_path, text), "canvas")

    assert [(one.marked_as, one.roster_ids.get("canvas_id")) for one in found] == [
        ("thefalcons_4712", "4711"),
        ("thefalcons_4712", "4712"),
        ("elkeve_4714", None),
    ]
    assert len({one.student.key for one in found}) == 3


def test_a_group_that_nobody_knows_is_said(tmp_path: Path) -> None:
    file = roster(tmp_path, "group,canvas_id\nhawks,4711\n")

    with pytest.raises(BadRoster, match=r"roster\.csv, line 2: no group 'hawks' handed in"):
        people([Student("thefalcons_4712", "thefalcons", "4712", "101")], file)
