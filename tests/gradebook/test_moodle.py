"""Moodle's worksheet gets grades and words, in whatever language it was downloaded."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from grader.gradebook.feedback import zipped
from grader.gradebook.filling import Change, UnknownColumn, Wanted
from grader.gradebook.moodle import filled, participants
from grader.gradebook.sheet import sheet_of
from grader.marks import Student
from tests.gradebook.sample import GERMAN, MOODLE, exported, got

ALICE = Student("Alice_Ant_2", "Alice Ant", file_id="2")
ZOE = Student("Zoë_Bee_3", "Zoë Bee", file_id="3")
WANTED = Wanted(("Powers",))


def test_grade_and_comment_are_written_and_every_other_byte_stays() -> None:
    sheet = sheet_of(exported(MOODLE))

    found = filled(sheet, [got(ALICE, 2.5)], WANTED)

    after = MOODLE.replace('grading",,5.00', 'grading",2.5,5.00').replace(
        'AM",-,\n"Participant 3', 'AM",-,2.5 of 5\n"Participant 3'
    )
    assert found.content == exported(after)
    assert found.changes == (Change("Alice Ant", "", "2.5"),)


def test_headers_in_another_language_stay_and_are_understood() -> None:
    sheet = sheet_of(exported(GERMAN))

    found = filled(sheet, [got(ALICE, 2.5)], WANTED)

    after = GERMAN.replace('Abgegeben,,"5,00",Ja,-,-,', 'Abgegeben,"2,5","5,00",Ja,-,-,2.5 of 5')
    assert found.content == exported(after.replace('"2,5","5,00"', '"2,5","5,00"'))


@pytest.mark.parametrize("text", [MOODLE, GERMAN])
def test_a_grade_that_moodle_locks_stays(text: str) -> None:
    sheet = sheet_of(exported(text))
    cy = Student("cy", "Cy Cat", file_id="4")

    found = filled(sheet, [got(cy, 2.5)], WANTED)

    assert found.content == sheet.content
    assert found.kept == ("Cy Cat: Moodle does not let this grade be changed",)


def test_words_of_a_person_are_not_written_over_unless_asked() -> None:
    sheet = sheet_of(exported(MOODLE))

    kept = filled(sheet, [got(ZOE, 4.0)], WANTED)
    anew = filled(sheet, [got(ZOE, 4.0)], WANTED._replace(comments="all"))

    assert kept.content == sheet.content
    assert anew.content == exported(MOODLE.replace('"Well done, Zoë"', '"4.0 of 5"'))


def test_comments_can_be_left_out() -> None:
    sheet = sheet_of(exported(MOODLE))

    found = filled(sheet, [got(ALICE, 2.5)], WANTED._replace(comments="none"))

    assert found.content == exported(MOODLE.replace('grading",,5.00', 'grading",2.5,5.00'))


def test_a_comment_is_no_formula() -> None:
    one = got(ALICE, 2.5)._replace(comment="=1+1")

    found = filled(sheet_of(exported(MOODLE)), [one], WANTED)

    assert b",'=1+1\r\n" in found.content


def test_a_number_of_another_worksheet_is_found_out_by_the_name() -> None:
    wrong = ALICE._replace(file_id="3")

    found = filled(sheet_of(exported(MOODLE)), [got(wrong, 2.5)], WANTED)

    assert found.changes == ()
    assert found.lost == (
        "Alice Ant (Alice_Ant_2): ambiguous: participant's number → row 3, full name → row 2",
    )


def test_the_row_of_somebody_with_another_name_is_not_written() -> None:
    eve = Student("e", "Eve Elk", file_id="3")
    sheet = sheet_of(exported(MOODLE))

    found = filled(sheet, [got(eve, 2.5, "moodle")], WANTED)

    assert found.content == sheet.content
    assert found.lost == (
        "Eve Elk (e): contradictory: participant's number → row 3, another name, Zoë Bee",
    )


def test_a_number_of_canvass_is_no_participants() -> None:
    found = filled(
        sheet_of(exported(MOODLE)), [got(Student("a", file_id="2"), 1.0, "canvas")], WANTED
    )

    assert found.changes == ()


@pytest.mark.parametrize("shown", ["Participant", "Teilnehmerin"])
def test_a_name_that_moodle_hides_contradicts_nobody(shown: str) -> None:
    text = MOODLE if shown == "Participant" else GERMAN
    hidden = Student("p", shown, file_id="2")

    found = filled(sheet_of(exported(text)), [got(hidden, 2.5, "moodle")], WANTED)

    assert [one.new for one in found.changes] == ["2.5" if text is MOODLE else "2,5"]


def test_without_a_number_the_name_counts_and_then_the_address() -> None:
    by_name = Student("a", "Alice Ant")
    by_address = Student("z", "bee", email="ZOE@x.org")

    found = filled(sheet_of(exported(MOODLE)), [got(by_name, 1.0), got(by_address, 2.0)], WANTED)

    assert [one.who for one in found.changes] == ["Alice Ant", "Zoë Bee"]


def test_two_students_of_one_name_are_told_apart_by_their_numbers_alone() -> None:
    same = MOODLE.replace("Zoë Bee", "Alice Ant")
    other = Student("x", "Alice Ant")

    found = filled(sheet_of(exported(same)), [got(ALICE, 1.0), got(other, 2.0)], WANTED)

    assert found.changes == (Change("Alice Ant", "", "1"),)
    assert found.lost == ("Alice Ant (x): ambiguous: 2 rows with their full name",)


def test_a_worksheet_without_a_column_of_grades_is_said() -> None:
    sheet = sheet_of(b"Nummer,Name,Was\nTeilnehmer 2,Ant,x\n")

    with pytest.raises(UnknownColumn, match="which column receives the grades") as raised:
        filled(sheet, [], WANTED)

    assert raised.value.hint == "choose one: --column 'Nummer' | 'Name' | 'Was'"


def test_a_column_can_be_named_and_has_to_be_there() -> None:
    sheet = sheet_of(exported(GERMAN))

    found = filled(sheet, [got(ALICE, 2.5)], WANTED._replace(column="bewertung"))

    assert found.changes == (Change("Alice Ant", "", "2,5"),)
    with pytest.raises(UnknownColumn, match="which column receives 'Note'"):
        filled(sheet, [], WANTED._replace(column="Note"))


def test_everyone_gets_their_page_back(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    for one in (ALICE, ZOE):
        (tmp_path / "reports" / f"{one.key}.html").write_text(one.name, encoding="utf-8")
    stranger = Student("dog", "Dog_/Doe")
    everyone = [got(ALICE, 2.5), got(ZOE, 4.0), got(stranger, 1.0)]

    found = zipped(tmp_path, everyone, [])

    with zipfile.ZipFile(BytesIO(found.content)) as held:
        pages = {name: held.read(name).decode() for name in held.namelist()}
    assert pages == {
        "Alice Ant_2_assignsubmission_file/report.html": "Alice Ant",
        "Zoë Bee_3_assignsubmission_file/report.html": "Zoë Bee",
    }
    assert found.without == ("Dog_/Doe: no participant's number",)


def test_a_worksheet_says_the_numbers_of_students_who_have_none(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "ant.html").write_text("page", encoding="utf-8")
    one = got(Student("ant", "ant, ALICE"), 2.5)

    found = zipped(tmp_path, [one], participants(sheet_of(exported(MOODLE)), [one]))

    with zipfile.ZipFile(BytesIO(found.content)) as held:
        assert held.namelist() == ["Alice Ant_2_assignsubmission_file/report.html"]


def test_a_name_never_leads_out_of_the_zip(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "x.html").write_text("page", encoding="utf-8")
    one = got(Student("x", "../..\\C:evil_name", file_id="7"), 2.5)

    found = zipped(tmp_path, [one], [])

    with zipfile.ZipFile(BytesIO(found.content)) as held:
        assert held.namelist() == [".. .. C evil name_7_assignsubmission_file/report.html"]
