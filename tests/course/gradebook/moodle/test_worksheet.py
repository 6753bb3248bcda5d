"""Moodle's worksheet gets grades and words, in whatever language it was downloaded."""

import pytest

from grader.course.gradebook.csv_sheet import sheet_of
from grader.course.gradebook.fill_column import CellChange, FillOptions
from grader.course.gradebook.moodle.worksheet import with_scores
from grader.course.gradebook.refusals import GradedOtherwise, NoPoints
from grader.submissions.student import Student
from tests.course.gradebook.sample import GERMAN, MOODLE, exported, got

ALICE = Student("Alice_Ant_2", "Alice Ant", file_id="2")
ZOE = Student("Zoë_Bee_3", "Zoë Bee", file_id="3")
WANTED = FillOptions(("Powers",))


def test_grade_and_comment_are_written_and_every_other_byte_stays() -> None:
    sheet = sheet_of(exported(MOODLE))

    found = with_scores(sheet, [got(ALICE, 2.5)], WANTED)

    after = MOODLE.replace('grading",,5.00', 'grading",2.5,5.00').replace(
        'AM",-,\n"Participant 3', 'AM",-,2.5 of 5\n"Participant 3'
    )
    assert found.content == exported(after)
    assert found.changes == (CellChange("Alice Ant", "", "2.5"),)


@pytest.mark.parametrize("text", [MOODLE, GERMAN])
def test_a_grade_that_moodle_locks_stays(text: str) -> None:
    sheet = sheet_of(exported(text))
    cy = Student("cy", "Cy Cat", file_id="4")

    found = with_scores(sheet, [got(cy, 2.5)], WANTED)

    assert found.content == sheet.content
    assert found.kept == ("Cy Cat: Moodle does not let this grade be changed",)


def test_words_of_a_person_are_not_written_over_unless_asked() -> None:
    sheet = sheet_of(exported(MOODLE))

    kept = with_scores(sheet, [got(ZOE, 4.0)], WANTED)
    anew = with_scores(sheet, [got(ZOE, 4.0)], WANTED._replace(comments="all"))

    assert kept.content == sheet.content
    assert anew.content == exported(MOODLE.replace('"Well done, Zoë"', '"4.0 of 5"'))


def test_comments_can_be_left_out() -> None:
    sheet = sheet_of(exported(MOODLE))

    found = with_scores(sheet, [got(ALICE, 2.5)], WANTED._replace(comments="none"))

    assert found.content == exported(MOODLE.replace('grading",,5.00', 'grading",2.5,5.00'))


def test_a_comment_is_no_formula() -> None:
    one = got(ALICE, 2.5)._replace(comment="=1+1")

    found = with_scores(sheet_of(exported(MOODLE)), [one], WANTED)

    assert b",'=1+1\r\n" in found.content


def test_a_number_of_another_worksheet_is_found_out_by_the_name() -> None:
    wrong = ALICE._replace(file_id="3")

    found = with_scores(sheet_of(exported(MOODLE)), [got(wrong, 2.5)], WANTED)

    assert found.changes == ()
    assert found.lost == (
        "Alice Ant (Alice_Ant_2): ambiguous: participant's number → row 3, full name → row 2",
    )


def test_the_row_of_somebody_with_another_name_is_not_written() -> None:
    eve = Student("e", "Eve Elk", file_id="3")
    sheet = sheet_of(exported(MOODLE))

    found = with_scores(sheet, [got(eve, 2.5, "moodle")], WANTED)

    assert found.content == sheet.content
    assert found.lost == (
        "Eve Elk (e): contradictory: participant's number → row 3, another name, Zoë Bee",
    )


def test_a_number_of_canvass_is_no_participants() -> None:
    found = with_scores(
        sheet_of(exported(MOODLE)), [got(Student("a", file_id="2"), 1.0, "canvas")], WANTED
    )

    assert found.changes == ()


@pytest.mark.parametrize("shown", ["Participant", "Teilnehmerin"])
def test_a_name_that_moodle_hides_contradicts_nobody(shown: str) -> None:
    text = MOODLE if shown == "Participant" else GERMAN
    hidden = Student("p", shown, file_id="2")

    found = with_scores(sheet_of(exported(text)), [got(hidden, 2.5, "moodle")], WANTED)

    assert [one.new for one in found.changes] == ["2.5" if text is MOODLE else "2,5"]


def test_without_a_number_the_name_counts_and_then_the_address() -> None:
    by_name = Student("a", "Alice Ant")
    by_address = Student("z", "bee", email="ZOE@x.org")

    found = with_scores(
        sheet_of(exported(MOODLE)), [got(by_name, 1.0), got(by_address, 2.0)], WANTED
    )

    assert [one.who for one in found.changes] == ["Alice Ant", "Zoë Bee"]


def test_two_students_of_one_name_are_told_apart_by_their_numbers_alone() -> None:
    same = MOODLE.replace("Zoë Bee", "Alice Ant")
    other = Student("x", "Alice Ant")

    found = with_scores(sheet_of(exported(same)), [got(ALICE, 1.0), got(other, 2.0)], WANTED)

    assert found.changes == (CellChange("Alice Ant", "", "1"),)
    assert found.lost == ("Alice Ant (x): ambiguous: 2 rows with their full name",)


def test_a_worksheet_that_hides_names_is_filled_by_numbers() -> None:
    rows = [line.split(",", 3) for line in MOODLE.splitlines()]
    text = "".join(f"{one[0]},{one[3]}\n" for one in rows)
    hidden = Student("p", "Group A-Participant", file_id="2")

    found = with_scores(sheet_of(exported(text)), [got(hidden, 2.5, "moodle")], WANTED)

    assert found.changes == (CellChange("Participant 2", "", "2.5"),)


SCALE = MOODLE.replace('"Maximum grade"', "Scale").replace("5.00", "Outstanding")


@pytest.mark.parametrize(
    "text",
    [
        SCALE.replace("4.00", "Satisfactory"),
        SCALE.replace("4.00", ""),
        MOODLE.replace(",4.00,", ",Satisfactory,"),
        GERMAN.replace('"5,00"', "Hervorragend").replace('"4,00"', "Genügend"),
    ],
)
def test_grades_of_a_scale_are_refused(text: str) -> None:
    sheet = sheet_of(exported(text))

    with pytest.raises(GradedOtherwise, match="this assignment is graded on a scale"):
        with_scores(sheet, [got(ALICE, 3.0)], WANTED)


def test_a_worksheet_of_0_points_is_refused() -> None:
    sheet = sheet_of(exported(MOODLE.replace("5.00", "0.00")))

    with pytest.raises(NoPoints):
        with_scores(sheet, [got(ALICE, 3.0)], WANTED)
