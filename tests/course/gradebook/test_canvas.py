"""Scores go into Canvas's own export, and nothing else in it changes."""

from itertools import product
from pathlib import Path

import pytest

from grader.course.gradebook.canvas import ReadOnlyColumn, with_scores
from grader.course.gradebook.column_scores import one_column
from grader.course.gradebook.csv_sheet import sheet_of
from grader.course.gradebook.fill_column import CellChange, FillOptions, UnknownColumn
from grader.course.gradebook.refusals import GradedOtherwise, NoPoints
from grader.course.gradebook.roster import people
from grader.submissions.student import Student
from tests.course.gradebook.sample import ANT, BEE, CANVAS, exported, got, mark

TITLES = ("Powers, again", "my475/ex9", "ex9")


@pytest.mark.parametrize(("bom", "end"), list(product((True, False), ("\n", "\r\n"))))
def test_a_score_is_written_and_every_other_byte_stays(bom: bool, end: str) -> None:
    sheet = sheet_of(exported(CANVAS, bom=bom, end=end))

    found = with_scores(sheet, [got(ANT, 2.5), got(BEE, 4.0)], FillOptions(TITLES))

    after = CANVAS.replace('"1, Monday",,9.5', '"1, Monday",2.5,9.5')
    assert found.content == exported(after, bom=bom, end=end)
    assert found.changes == (CellChange("Ant, Alice", "", "2.5"),)
    assert (found.same, found.lost, found.notes) == (1, (), ())


def test_no_blank_is_written_over_a_score() -> None:
    sheet = sheet_of(exported(CANVAS))

    found = with_scores(sheet, [got(BEE, None)], FillOptions(TITLES))

    assert found.content == sheet.content
    assert found.kept == ("Bee, Zoë: nothing could be graded",)


def test_an_excused_student_stays_excused() -> None:
    sheet = sheet_of(exported(CANVAS))
    cat = Student("cat", "Cy Cat", "4713")

    found = with_scores(sheet, [got(cat, 5.0)], FillOptions(TITLES, column="76"))

    assert found.content == sheet.content
    assert found.kept == ('Cat, "C" Cy: excused',)


@pytest.mark.parametrize("column", ["77", "Powers, again (77)", "powers, AGAIN", "Powers Again"])
def test_a_column_is_named_by_its_number_its_header_or_its_title(column: str) -> None:
    found = with_scores(sheet_of(exported(CANVAS)), [got(ANT, 2.5)], FillOptions(("ex9",), column))

    assert found.changes == (CellChange("Ant, Alice", "", "2.5"),)


def test_without_a_column_that_is_called_so_the_columns_are_offered() -> None:
    with pytest.raises(UnknownColumn, match="which column receives 'Tanh'") as raised:
        with_scores(sheet_of(exported(CANVAS)), [], FillOptions(("Tanh", "ex5")))

    assert raised.value.hint == ("choose one: --column 'Powers, again (77)' | 'Exercise 8 (76)'")


def test_of_two_columns_that_are_called_so_neither_is_taken() -> None:
    twice = CANVAS.replace("Exercise 8 (76)", '"Powers, again (76)"')

    with pytest.raises(UnknownColumn, match="which column receives 'Powers, again'"):
        with_scores(sheet_of(exported(twice)), [], FillOptions(TITLES))


def test_a_file_without_assignments_is_said() -> None:
    sheet = sheet_of(b"Student,ID,Section\nAnt,1,2\n")

    with pytest.raises(UnknownColumn) as raised:
        with_scores(sheet, [], FillOptions(TITLES))

    assert raised.value.hint == ("this file has no column for scores: export it anew from the LMS")


@pytest.mark.parametrize(
    "student",
    [
        Student("a", student_id="4711"),
        Student("a", student_id="S1"),
        Student("a", student_id="alice@x.org"),
        Student("a", email="Alice@x.org"),
        Student("a", "Ant, Alice"),
        Student("a", "Alice Ant"),
        Student("a", "antalice"),
        Student("a", first_name="Alice", last_name="Ant"),
    ],
)
def test_a_student_is_found_by_any_of_canvass_columns(student: Student) -> None:
    found = with_scores(sheet_of(exported(CANVAS)), [got(student, 2.5)], FillOptions(TITLES))

    assert found.changes == (CellChange("Ant, Alice", "", "2.5"),)


@pytest.mark.parametrize(
    "known", [{"canvas_id": "4711"}, {"sis_user_id": "s1"}, {"sis_login_id": "alice@x.org"}]
)
def test_a_roster_says_who_a_student_is(known: dict[str, str]) -> None:
    student = Student("stranger", "Somebody Else")

    found = with_scores(
        sheet_of(exported(CANVAS)), [got(student, 2.5, **known)], FillOptions(TITLES)
    )

    assert found.changes == (CellChange("Ant, Alice", "", "2.5"),)


def test_a_student_whom_two_columns_call_differently_is_nobody() -> None:
    student = Student("x", "Zoë Bee", "4711")

    found = with_scores(sheet_of(exported(CANVAS)), [got(student, 2.5)], FillOptions(TITLES))

    assert found.changes == ()
    assert found.lost == ("Zoë Bee (x): ambiguous: ID → row 4, name → row 5",)


ZACK = (
    'Student,ID,SIS User ID,SIS Login ID,Section,"Powers, again (77)"\n'
    '"Zed, Zack",9001,4711,zz,A,\n'
)


def test_the_number_in_canvass_own_zip_is_no_sis_id() -> None:
    sheet = sheet_of(ZACK.encode())

    found = with_scores(sheet, [got(ANT, 2.5, "canvas")], FillOptions(TITLES))

    assert found.content == sheet.content
    assert found.lost == (
        "antalice (antalice_4711): no row with their ID or SIS User ID or SIS Login ID or name",
    )


def test_the_number_in_canvass_own_zip_finds_its_row_beside_an_equal_sis_id() -> None:
    both = CANVAS.replace("4713,s3", "4713,4711")

    found = with_scores(sheet_of(exported(both)), [got(ANT, 2.5, "canvas")], FillOptions(TITLES))

    assert found.changes == (CellChange("Ant, Alice", "", "2.5"),)


def test_the_row_of_somebody_with_another_name_is_not_written() -> None:
    sheet = sheet_of(ZACK.encode())

    found = with_scores(sheet, [got(ANT, 2.5)], FillOptions(TITLES))

    assert found.content == sheet.content
    assert found.lost == (
        "antalice (antalice_4711): contradictory: SIS User ID → row 2, another name, Zed, Zack",
    )


def test_who_is_led_astray_takes_no_row_from_whose_it_is() -> None:
    zack = Student("zz", "Zack Zed")

    found = with_scores(
        sheet_of(ZACK.encode()), [got(ANT, 2.5), got(zack, 4.0)], FillOptions(TITLES)
    )

    assert found.changes == (CellChange("Zed, Zack", "", "4"),)


def test_an_anonymous_submissions_number_is_nobodys() -> None:
    anonymous = Student("4711", student_id="4711", file_id="10")

    found = with_scores(
        sheet_of(exported(CANVAS)), [got(anonymous, 2.5, "canvas")], FillOptions(TITLES)
    )

    assert found.changes == ()


@pytest.mark.parametrize("shape", ["nbgrader", "blackboard", "brightspace", "gradescope"])
def test_an_id_of_another_system_is_not_canvass_number(shape: str) -> None:
    other = Student("4711", student_id="4711")

    found = with_scores(sheet_of(exported(CANVAS)), [got(other, 2.5, shape)], FillOptions(TITLES))

    assert found.changes == ()


def test_a_student_whom_canvas_does_not_know_is_listed() -> None:
    found = with_scores(sheet_of(exported(CANVAS)), [got(Student("dog"), 2.5)], FillOptions(TITLES))

    assert found.lost == ("dog: no row with their ID or SIS User ID or SIS Login ID or name",)


def test_points_that_canvas_counts_otherwise_are_said_and_converted_if_asked() -> None:
    sheet = sheet_of(exported(CANVAS))

    plain = with_scores(sheet, [got(ANT, 2.5)], FillOptions(TITLES, column="76"))
    scaled = with_scores(sheet, [got(ANT, 2.5)], FillOptions(TITLES, column="76", scaled=True))

    assert plain.notes == ("the LMS counts 10 points, we 5: --scale converts",)
    assert scaled.changes == (CellChange("Ant, Alice", "9.5", "5"),)
    assert scaled.notes == ()


def test_numbers_are_written_as_the_column_writes_them() -> None:
    german = CANVAS.replace(",3.5,EX", ',"3,5",EX')

    found = with_scores(sheet_of(exported(german)), [got(ANT, 2.5)], FillOptions(TITLES))

    assert found.content == exported(german.replace('Monday",,9.5', 'Monday","2,5",9.5'))


def test_a_file_with_semicolons_keeps_them() -> None:
    text = "Student;ID;Section;Powers (7)\nAnt, Alice;4711;1;\n"

    found = with_scores(sheet_of(text.encode()), [got(ANT, 2.5)], FillOptions(("Powers",)))

    assert found.content == b"Student;ID;Section;Powers (7)\nAnt, Alice;4711;1;2.5\n"


def test_an_assignment_of_0_points_is_refused_with_and_without_a_scale() -> None:
    sheet = sheet_of(exported(CANVAS.replace("5.00,10.00", "0,10.00")))

    for scaled in (False, True):
        with pytest.raises(NoPoints, match=r"^the LMS counts 0 points for 'Powers, again \(77\)'"):
            with_scores(sheet, [got(ANT, 3.0)], FillOptions(TITLES, scaled=scaled))


def test_a_column_of_words_is_refused() -> None:
    text = CANVAS.replace('Monday",4,', 'Monday",complete,').replace("3.5", "B+")
    sheet = sheet_of(exported(text))

    with pytest.raises(GradedOtherwise, match=r"is graded in words \('B\+', 'complete'\)"):
        with_scores(sheet, [got(ANT, 3.0)], FillOptions(TITLES))


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("Excused", "excused"),
        ("ex", "excused"),
        ("N/A", "not assigned, or hidden while marking is anonymous"),
        ("60%", "'60%' stands there, which is no number of points"),
    ],
)
def test_a_person_s_word_stays_as_it_is(cell: str, reason: str) -> None:
    text = CANVAS.replace('Monday",,9.5', f'Monday",{cell},9.5')

    filled = with_scores(sheet_of(exported(text)), [got(ANT, 3.0)], FillOptions(TITLES))

    assert filled.kept == (f"Ant, Alice: {reason}",)
    assert filled.changes == ()


APART = CANVAS.replace("Student,ID,", "LastName,FirstName,ID,", 1)
for _one in ("Ant, Alice", "Bee, Zoë", 'Cat, ""C"" Cy'):
    last, first = _one.split(", ")
    APART = APART.replace(f'"{_one}"', f'{last},"{first}"')
APART = APART.replace("    Manual Posting,", "    Manual Posting,,").replace(
    "    Points Possible,", "    Points Possible,,"
)


def test_names_that_an_account_shows_apart_are_one_name() -> None:
    found = with_scores(
        sheet_of(exported(APART)), [got(ANT, 2.5), got(BEE, 3.0)], FillOptions(TITLES)
    )

    assert [one.who for one in found.changes] == ["Ant, Alice", "Bee, Zoë"]
    assert found.lost == ()


def test_whoever_has_one_name_alone_has_a_row() -> None:
    madonna = APART.replace('Ant,"Alice"', "Ant,")
    student = ANT._replace(name="ant")

    (change,) = with_scores(
        sheet_of(exported(madonna)), [got(student, 2.5)], FillOptions(TITLES)
    ).changes

    assert change.who == "Ant, "


def test_a_read_only_total_is_never_chosen() -> None:
    text = CANVAS.replace(",Final Score", ",Final Score (2024)")

    with pytest.raises(ReadOnlyColumn, match="the import of Canvas leaves out '2024'"):
        with_scores(sheet_of(exported(text)), [got(ANT, 2.5)], FillOptions(TITLES, "2024"))


def test_two_decimals_are_all_that_canvas_keeps() -> None:
    text = CANVAS.replace("Points Possible,,,,,5.00", "Points Possible,,,,,3.33").replace(
        '"1, Monday",4,', '"1, Monday",2.00,'
    )
    options = FillOptions(TITLES, scaled=True)

    found = with_scores(sheet_of(exported(text)), [got(BEE, 3.0), got(ANT, 1.0)], options)

    assert found.same == 1
    assert [one.new for one in found.changes] == ["0.67"]


def test_points_that_are_taken_off_for_lateness_twice_are_told() -> None:
    late = got(ANT, 2.5)._replace(penalty=0.5)

    found = with_scores(sheet_of(exported(CANVAS)), [late], FillOptions(TITLES))

    (note,) = found.notes
    assert note.startswith("1 of these scores have points taken off for lateness: Canvas's own")


def test_a_sheet_can_hold_the_changes_alone_with_the_rows_that_are_nobody_s() -> None:
    options = FillOptions(TITLES, only_changes=True)

    found = with_scores(sheet_of(exported(CANVAS)), [got(ANT, 2.5), got(BEE, 4.0)], options)

    names = [cells[0].text for cells in sheet_of(found.content).rows]
    assert names[1:] == ["    Manual Posting", "    Points Possible", "Ant, Alice", "Student, Test"]


def test_a_group_s_name_is_nobody_s_though_it_has_a_number(tmp_path: Path) -> None:
    groups = [
        Student(f"{name}_{number}", name, number, "9")
        for name, number in (("projectgroup1", "4711"), ("thefalcons", "4712"))
    ]
    sheet = sheet_of(exported(CANVAS))

    found = with_scores(sheet, [got(one, 3.0, "canvas") for one in groups], FillOptions(TITLES))

    assert found.changes == ()
    assert [line.partition(": ")[2] for line in found.lost] == [
        "contradictory: ID → row 4, another name, Ant, Alice",
        "contradictory: ID → row 5, another name, Bee, Zoë",
    ]
    assert "a roster with the columns group,canvas_id says who its members are" in found.notes[0]


def test_a_group_s_members_get_its_score_by_a_roster(tmp_path: Path) -> None:
    falcons = Student("thefalcons_4712", "thefalcons", "4712", "101")
    roster = tmp_path / "roster.csv"
    roster.write_text("group,canvas_id\nthefalcons,4711\nthefalcons,4712\n", encoding="utf-8")
    scores = one_column([mark(falcons, 3.0)], people([falcons], roster, "canvas"), added=False)

    found = with_scores(sheet_of(exported(CANVAS)), scores, FillOptions(TITLES))

    assert [(one.who, one.new) for one in found.changes] == [("Ant, Alice", "3"), ("Bee, Zoë", "3")]


@pytest.mark.parametrize("points", ["-1", "inf", "nan", "1e308"])
def test_points_that_no_assignment_counts_are_refused(points: str) -> None:
    sheet = sheet_of(exported(CANVAS.replace("5.00,10.00", f"{points},10.00")))

    with pytest.raises(NoPoints, match=r"^the LMS counts \S+ points for .*: no score is a share"):
        with_scores(sheet, [got(ANT, 3.0)], FillOptions(TITLES, scaled=True))
