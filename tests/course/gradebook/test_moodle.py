"""Moodle's worksheet gets grades and words, in whatever language it was downloaded."""

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.gradebook.csv_sheet import sheet_of
from grader.course.gradebook.fill_column import Change, UnknownColumn, Wanted
from grader.course.gradebook.moodle import NO_COMMENTS, filled, participants
from grader.course.gradebook.moodle_columns import UnclearColumn
from grader.course.gradebook.moodle_feedback import zipped
from grader.course.gradebook.moodle_yes_no import NO, PAIRS, YES
from grader.submissions.student import Student
from tests.course.gradebook.sample import GERMAN, MOODLE, exported, got

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


NORWEGIAN = (
    "Identifikator,Navn,E-post,Status,Karakter,Makskarakter,Kan endres,Endret (svar),"
    "Endret (karakter),Tilbakemelding\n"
    '"Deltaker 2","Alice Ant",a@x.org,Levert,,"5,00",Ja,"mandag, 5. oktober 2026, 10.00",-,\n'
    '"Deltaker 3","Zoë Bee",z@x.org,Levert,"4,00","5,00",Nei,"mandag, 5. oktober 2026, 11.00",-,\n'
)
WORKFLOW = GERMAN.replace(
    '"Beste Bewertung",', '"Beste Bewertung","Bewertungsworkflow-Status",'
).replace('"5,00",', '"5,00",Freigegeben,')
TYPED = WORKFLOW.replace('(Abgabe)",', '(Abgabe)","Texteingabe online",').replace(",-,-,", ",-,,-,")


@pytest.mark.parametrize("text", [WORKFLOW, TYPED])
@pytest.mark.parametrize("known", [True, False])
def test_more_columns_move_neither_the_lock_nor_the_comments(text: str, known: bool) -> None:
    if not known:
        for word in ("Bewertung", "Feedback"):
            text = text.replace(word, word[::-1])
    people = [Student("a", "Alice Ant", file_id="2"), Student("c", "Cy Cat", file_id="4")]

    found = filled(sheet_of(exported(text)), [got(one, 2.5) for one in people], WANTED)

    alice = text.splitlines()[1]
    after = alice.replace("Abgegeben,,", 'Abgegeben,"2,5",') + "2.5 of 5"
    assert found.content == exported(text.replace(alice, after))
    assert found.kept == ("Cy Cat: Moodle does not let this grade be changed",)
    assert len(found.notes) == (0 if known else 2)


def test_a_column_that_is_told_by_its_place_is_named() -> None:
    found = filled(sheet_of(exported(NORWEGIAN)), [got(ALICE, 2.5), got(ZOE, 3.0)], WANTED)

    assert [one.who for one in found.changes] == ["Alice Ant"]
    assert found.kept == ("Zoë Bee: Moodle does not let this grade be changed",)
    assert found.notes == (
        "'Kan endres' is taken for whether a grade can be changed, by its place",
        "'Tilbakemelding' is taken for comments, by its place",
    )


def test_a_word_that_is_neither_yes_nor_no_locks_the_grade_until_somebody_says_it() -> None:
    text = NORWEGIAN.replace("Ja,", "Jau,").replace("Nei,", "Nope,")
    everyone = [got(ALICE, 2.5), got(ZOE, 3.0)]

    found = filled(sheet_of(exported(text)), everyone, WANTED._replace(changeable="Kan endres"))
    told = filled(sheet_of(exported(text)), everyone, WANTED._replace(changeable="Kan endres=jau"))

    assert found.content == exported(text)
    assert found.kept[0] == (
        "Alice Ant: whether it can be changed is unclear, 'Kan endres' says 'Jau'; "
        'if that is a yes: --changeable "Kan endres=Jau"'
    )
    assert [one.who for one in told.changes] == ["Alice Ant"]
    assert told.kept == ("Zoë Bee: Moodle does not let this grade be changed",)


def test_no_language_s_yes_is_another_s_no() -> None:
    assert YES.isdisjoint(NO)
    assert {"nei", "ne", "nem", "hayır", "nē"} <= NO


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"mandag, 5. oktober 2026, 10.00"', "mandag"),
        ('"5,00",', '"5,00",x,y,'),
        ('"5,00",Ja,', '"5,00",Kanskje,'),
    ],
)
def test_a_lock_that_cannot_be_told_is_asked_for(old: str, new: str) -> None:
    sheet = sheet_of(exported(NORWEGIAN.replace(old, new).replace("Nei,", "Aldri,")))

    with pytest.raises(UnclearColumn, match="column says whether a grade can be changed") as raised:
        filled(sheet, [got(ALICE, 2.5)], WANTED)

    assert raised.value.hint.startswith("name it: --changeable 'Makskarakter' | ")
    assert raised.value.hint.endswith(
        "COLUMN=WORD says its word for yes too, none that every grade may be written over"
    )


def test_a_lock_can_be_named_or_said_to_be_missing_and_has_to_be_there() -> None:
    sheet = sheet_of(exported(NORWEGIAN.replace('"mandag, 5. oktober 2026, 10.00"', "mandag")))
    named = WANTED._replace(changeable="kan endres")

    found = filled(sheet, [got(ALICE, 2.5), got(ZOE, 3.0)], named)
    none = filled(sheet, [got(ZOE, 3.0)], WANTED._replace(changeable="none"))

    assert [one.who for one in found.changes] == ["Alice Ant"]
    assert [one.who for one in none.changes] == ["Zoë Bee"]
    with pytest.raises(UnclearColumn, match="column says whether a grade can be changed"):
        filled(sheet, [], WANTED._replace(changeable="Karakterer"))


def test_where_comments_go_is_asked_for_if_several_columns_could_be_it() -> None:
    text = NORWEGIAN.replace("Tilbakemelding", "Tilbakemelding,Utbytte").replace("-,\n", "-,,x\n")
    sheet = sheet_of(exported(text))

    with pytest.raises(UnclearColumn, match="which column receives comments") as raised:
        filled(sheet, [got(ALICE, 2.5)], WANTED)
    said = filled(sheet, [got(ALICE, 2.5)], WANTED._replace(comments_in="tilbakemelding"))
    none = filled(sheet, [got(ALICE, 2.5)], WANTED._replace(comments="none"))

    assert raised.value.hint.endswith("'Tilbakemelding' | 'Utbytte'; --comments none writes none")
    assert b"-,2.5 of 5,x" in said.content
    assert none.content == exported(text.replace("Levert,,", 'Levert,"2,5",', 1))


def test_a_column_of_another_purpose_in_a_known_language_receives_no_comments() -> None:
    sheet = sheet_of(exported(MOODLE.replace("Feedback comments", "Outcomes")))

    with pytest.raises(UnclearColumn, match="which column receives comments"):
        filled(sheet, [got(ALICE, 2.5)], WANTED)


def test_a_worksheet_without_a_column_for_comments_is_said() -> None:
    text = MOODLE.replace(',"Feedback comments"', "").replace(',"Well done, Zoë"', "")
    sheet = sheet_of(exported(text.replace("-,\n", "-\n")))

    found = filled(sheet, [got(ALICE, 2.5)], WANTED)

    assert found.changes == (Change("Alice Ant", "", "2.5"),)
    assert found.notes == (NO_COMMENTS,)


def test_of_two_columns_that_may_hold_grades_the_one_beside_the_dates_is_taken() -> None:
    text = NORWEGIAN.replace("E-post,", "Rom,Nummer,")
    text = text.replace("a@x.org", ",7").replace("z@x.org", ",7")
    undated = text.replace("mandag, 5. oktober 2026", "mandag").replace("-,\n", "aldri,\n")

    found = filled(sheet_of(exported(text)), [got(ALICE, 2.5)], WANTED)

    assert found.content == exported(
        text.replace('Levert,,"5,00"', 'Levert,"2,5","5,00"').replace("-,\n", "-,2.5 of 5\n", 1)
    )
    with pytest.raises(UnknownColumn, match="which column receives the grades") as raised:
        filled(sheet_of(exported(undated)), [], WANTED)
    assert raised.value.hint == "choose one: --column 'Rom' | 'Karakter'"


def test_a_worksheet_that_hides_names_is_filled_by_numbers() -> None:
    rows = [line.split(",", 3) for line in MOODLE.splitlines()]
    text = "".join(f"{one[0]},{one[3]}\n" for one in rows)
    hidden = Student("p", "Group A-Participant", file_id="2")

    found = filled(sheet_of(exported(text)), [got(hidden, 2.5, "moodle")], WANTED)

    assert found.changes == (Change("Participant 2", "", "2.5"),)


PLUGIN = st.text("abc 12-", max_size=6)


@given(
    workflow=st.booleans(),
    typed=st.lists(st.tuples(PLUGIN, PLUGIN), max_size=2),
    words=st.sampled_from([pair.split("/") for pair in PAIRS.split()]) | st.just(["gwir", "gau"]),
    comments=st.booleans(),
)
def test_in_any_language_and_of_any_assignment_a_locked_grade_stays(
    workflow: bool, typed: list[tuple[str, str]], words: list[str], comments: bool
) -> None:
    yes, no = words
    head = ["#", "N", "S", "B", "M", *["W"] * workflow, "K", "A", *["T"] * len(typed), "C"]
    rows = [
        ["P2", "Alice Ant", "s", "", "5", *["x"] * workflow, yes, "5 May 2026 10:00"],
        ["P3", "Zoë Bee", "s", "4", "5", *["y"] * workflow, no, "-"],
    ]
    for number, row in enumerate(rows):
        row.extend([*(one[number] for one in typed), "-", *[""] * comments])
    before = [head + ["F"] * comments, *rows]
    sheet = sheet_of("".join(",".join(row) + "\n" for row in before).encode())

    try:
        found = filled(sheet, [got(ALICE, 2.5), got(ZOE, 3.0)], WANTED)
    except UnclearColumn:  # nobody knows these words, or what was typed looks like a third date
        dates = [
            all(re.search(r"(\d+\D+){3}\d|^-$", one.strip()) for one in both) for both in typed
        ]
        assert yes == "gwir" or any(dates)
        return

    after = [[cell.text for cell in row] for row in sheet_of(found.content).rows]
    rows[0][3] = "2.5"
    rows[0][-1:] = ["2.5 of 5"] if comments else ["-"]
    assert after == before


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
