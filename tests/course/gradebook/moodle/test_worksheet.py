"""Moodle's worksheet gets grades and words, in whatever language it was downloaded."""

import pytest

from grader.course.gradebook.csv_sheet import sheet_of
from grader.course.gradebook.fill_column import CellChange, FillOptions
from grader.course.gradebook.moodle.uploads import BOX
from grader.course.gradebook.moodle.worksheet import OtherWorksheet, with_scores
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


def test_an_assignment_without_a_grade_is_refused() -> None:
    none = MOODLE.replace(',"Maximum grade"', "").replace(",5.00", "")

    with pytest.raises(GradedOtherwise, match="this assignment is graded not at all"):
        with_scores(sheet_of(exported(none)), [got(ALICE, 3.0)], WANTED)


def test_a_comment_is_written_as_moodle_stores_it() -> None:
    says = "NameError in <module>: a<b and List<int>\n\nsecond & last"
    one = got(ALICE, 2.5)._replace(comment=says)

    found = with_scores(sheet_of(exported(MOODLE)), [one], WANTED)

    stored = "NameError in &lt;module&gt;: a&lt;b and List&lt;int&gt;<br><br>second &amp; last"
    assert f"-,{stored}\r\n".encode() in found.content


def test_a_worksheet_of_another_assignment_is_noticed() -> None:
    sheet = sheet_of(exported(MOODLE))
    other = [got(ALICE._replace(file_id="102"), 2.5, "moodle"), got(ZOE, 2.0, "moodle")]

    assert len(with_scores(sheet, other, WANTED).changes) == 2  # one of the numbers is in it
    with pytest.raises(OtherWorksheet, match="none of the 1 participant's numbers"):
        with_scores(sheet, other[:1], WANTED)


def test_a_number_that_a_roster_gives_is_of_this_worksheet() -> None:
    vouched = got(ALICE._replace(file_id="2"), 2.5, "moodle", canvas_id="1")

    assert with_scores(sheet_of(exported(MOODLE)), [vouched], WANTED).changes


@pytest.mark.parametrize(
    ("text", "status"),
    [(MOODLE, "Draft (not submitted)"), (GERMAN, "Entwurf (nicht abgegeben)")],
)
def test_a_draft_is_said(text: str, status: str) -> None:
    usual = "Submitted for grading" if text is MOODLE else "Abgegeben"

    found = with_scores(
        sheet_of(exported(text.replace(usual, status, 1))), [got(ALICE, 2.5)], WANTED
    )

    assert found.notes == ("Alice Ant: a draft, which was never handed in",)
    assert len(found.changes) == 1


def test_where_a_grade_stands_there_the_box_is_named_that_has_to_be_ticked() -> None:
    dated = MOODLE.replace('11:00 AM",-,', '11:00 AM","Monday, 5 October 2026, 11:30 AM",')
    sheet = sheet_of(exported(dated))

    first = with_scores(sheet, [got(ALICE, 2.5)], WANTED)
    again = with_scores(sheet, [got(ALICE, 2.5), got(ZOE, 3.0)], WANTED)

    assert first.notes == ()
    (note,) = again.notes
    assert note.startswith("1 of the rows that change has a grade or a page in Moodle already: ")
    assert BOX in note


def test_a_sheet_can_hold_the_changes_alone_and_no_comments() -> None:
    sheet = sheet_of(exported(MOODLE))
    options = WANTED._replace(only_changes=True, comments="drop")

    found = with_scores(sheet, [got(ALICE, 2.5), got(ZOE, 4.0)], options)

    head, alice = exported(MOODLE).splitlines(keepends=True)[:2]
    assert found.content == head.replace(b',"Feedback comments"', b"") + alice.replace(
        b'grading",,', b'grading",2.5,'
    ).replace(b"-,\r\n", b"-\r\n")
    assert found.notes == ()
