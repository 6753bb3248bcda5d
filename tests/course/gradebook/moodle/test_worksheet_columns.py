"""A worksheet's columns are told in any language, or asked for: no locked grade is written over."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.gradebook.csv_sheet import sheet_of
from grader.course.gradebook.fill_column import CellChange, FillOptions, UnknownColumn
from grader.course.gradebook.moodle.worksheet import NO_COMMENTS, with_scores
from grader.course.gradebook.moodle.worksheet_columns import UnclearColumn
from grader.course.gradebook.moodle.yes_no import NO, PAIRS, YES
from grader.submissions.student import Student
from tests.course.gradebook.sample import GERMAN, MOODLE, exported, got

ALICE = Student("Alice_Ant_2", "Alice Ant", file_id="2")
ZOE = Student("Zoë_Bee_3", "Zoë Bee", file_id="3")
WANTED = FillOptions(("Powers",))


def test_headers_in_another_language_stay_and_are_understood() -> None:
    sheet = sheet_of(exported(GERMAN))

    found = with_scores(sheet, [got(ALICE, 2.5)], WANTED)

    after = GERMAN.replace('Abgegeben,,"5,00",Ja,-,-,', 'Abgegeben,"2,5","5,00",Ja,-,-,2.5 of 5')
    assert found.content == exported(after.replace('"2,5","5,00"', '"2,5","5,00"'))


def test_a_worksheet_without_a_column_of_grades_is_said() -> None:
    sheet = sheet_of(b"Nummer,Name,Was\nTeilnehmer 2,Ant,x\n")

    with pytest.raises(UnknownColumn, match="which column receives the grades") as raised:
        with_scores(sheet, [], WANTED)

    assert raised.value.hint == "choose one: --column 'Nummer' | 'Name' | 'Was'"


def test_a_column_can_be_named_and_has_to_be_there() -> None:
    sheet = sheet_of(exported(GERMAN))

    found = with_scores(sheet, [got(ALICE, 2.5)], WANTED._replace(column="bewertung"))

    assert found.changes == (CellChange("Alice Ant", "", "2,5"),)
    with pytest.raises(UnknownColumn, match="which column receives 'Note'"):
        with_scores(sheet, [], WANTED._replace(column="Note"))


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

    found = with_scores(sheet_of(exported(text)), [got(one, 2.5) for one in people], WANTED)

    alice = text.splitlines()[1]
    after = alice.replace("Abgegeben,,", 'Abgegeben,"2,5",') + "2.5 of 5"
    assert found.content == exported(text.replace(alice, after))
    assert found.kept == ("Cy Cat: Moodle does not let this grade be changed",)
    assert len(found.notes) == (0 if known else 2)


def test_a_column_that_is_told_by_its_place_is_named() -> None:
    found = with_scores(sheet_of(exported(NORWEGIAN)), [got(ALICE, 2.5), got(ZOE, 3.0)], WANTED)

    assert [one.who for one in found.changes] == ["Alice Ant"]
    assert found.kept == ("Zoë Bee: Moodle does not let this grade be changed",)
    assert found.notes == (
        "'Kan endres' is taken for whether a grade can be changed, by its place",
        "'Tilbakemelding' is taken for comments, by its place",
    )


def test_a_word_that_is_neither_yes_nor_no_locks_the_grade_until_somebody_says_it() -> None:
    text = NORWEGIAN.replace("Ja,", "Jau,").replace("Nei,", "Nope,")
    everyone = [got(ALICE, 2.5), got(ZOE, 3.0)]

    found = with_scores(
        sheet_of(exported(text)), everyone, WANTED._replace(changeable="Kan endres")
    )
    told = with_scores(
        sheet_of(exported(text)), everyone, WANTED._replace(changeable="Kan endres=jau")
    )

    assert found.content == exported(text)
    assert found.kept[0] == (
        "Alice Ant: whether it can be changed is unclear, 'Kan endres' says 'Jau'; "
        "if that is a yes: --changeable 'Kan endres=Jau'"
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
        with_scores(sheet, [got(ALICE, 2.5)], WANTED)

    assert raised.value.hint.startswith("name it: --changeable 'Makskarakter' | ")
    assert raised.value.hint.endswith(
        "COLUMN=WORD says its word for yes too, none that every grade may be written over"
    )


def test_a_lock_can_be_named_or_said_to_be_missing_and_has_to_be_there() -> None:
    sheet = sheet_of(exported(NORWEGIAN.replace('"mandag, 5. oktober 2026, 10.00"', "mandag")))
    named = WANTED._replace(changeable="kan endres")

    found = with_scores(sheet, [got(ALICE, 2.5), got(ZOE, 3.0)], named)
    none = with_scores(sheet, [got(ZOE, 3.0)], WANTED._replace(changeable="none"))

    assert [one.who for one in found.changes] == ["Alice Ant"]
    assert [one.who for one in none.changes] == ["Zoë Bee"]
    with pytest.raises(UnclearColumn, match="column says whether a grade can be changed"):
        with_scores(sheet, [], WANTED._replace(changeable="Karakterer"))


def test_where_comments_go_is_asked_for_if_several_columns_could_be_it() -> None:
    text = NORWEGIAN.replace("Tilbakemelding", "Tilbakemelding,Utbytte").replace("-,\n", "-,,x\n")
    sheet = sheet_of(exported(text))

    with pytest.raises(UnclearColumn, match="which column receives comments") as raised:
        with_scores(sheet, [got(ALICE, 2.5)], WANTED)
    said = with_scores(sheet, [got(ALICE, 2.5)], WANTED._replace(comments_in="tilbakemelding"))
    none = with_scores(sheet, [got(ALICE, 2.5)], WANTED._replace(comments="none"))

    assert raised.value.hint.endswith("'Tilbakemelding' | 'Utbytte'; --comments none writes none")
    assert b"-,2.5 of 5,x" in said.content
    assert none.content == exported(text.replace("Levert,,", 'Levert,"2,5",', 1))


def test_a_column_of_another_purpose_in_a_known_language_receives_no_comments() -> None:
    sheet = sheet_of(exported(MOODLE.replace("Feedback comments", "Outcomes")))

    with pytest.raises(UnclearColumn, match="which column receives comments"):
        with_scores(sheet, [got(ALICE, 2.5)], WANTED)


def test_a_worksheet_without_a_column_for_comments_is_said() -> None:
    text = MOODLE.replace(',"Feedback comments"', "").replace(',"Well done, Zoë"', "")
    sheet = sheet_of(exported(text.replace("-,\n", "-\n")))

    found = with_scores(sheet, [got(ALICE, 2.5)], WANTED)

    assert found.changes == (CellChange("Alice Ant", "", "2.5"),)
    assert found.notes == (NO_COMMENTS,)


def test_of_two_columns_that_may_hold_grades_the_one_beside_the_dates_is_taken() -> None:
    text = NORWEGIAN.replace("E-post,", "Rom,Nummer,")
    text = text.replace("a@x.org", ",7").replace("z@x.org", ",7")
    undated = text.replace("mandag, 5. oktober 2026", "mandag").replace("-,\n", "aldri,\n")

    found = with_scores(sheet_of(exported(text)), [got(ALICE, 2.5)], WANTED)

    assert found.content == exported(
        text.replace('Levert,,"5,00"', 'Levert,"2,5","5,00"').replace("-,\n", "-,2.5 of 5\n", 1)
    )
    with pytest.raises(UnknownColumn, match="which column receives the grades") as raised:
        with_scores(sheet_of(exported(undated)), [], WANTED)
    assert raised.value.hint == "choose one: --column 'Rom' | 'Karakter'"


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
        found = with_scores(sheet, [got(ALICE, 2.5), got(ZOE, 3.0)], WANTED)
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


CHINESE = (
    "标识符,姓名,电子邮件地址,状态,成绩,最高分,允许更改成绩,最近修改时间(提交),最近修改时间(成绩),反馈\n"
    '参与者2,Alice Ant,a@x.org,已提交,,5.00,是的,"2026年11月28日 10:00",-,\n'
    '参与者3,Zoë Bee,z@x.org,已提交,4.00,5.00,否,"2026年11月28日 11:00",-,\n'
)
GREEK_BLIND = (
    'Αναγνωριστικό,Κατάσταση,Βαθμός,"Μέγιστος βαθμός","Ο βαθμός μπορεί να αλλάξει",'
    '"Τελευταία τροποποίηση","Τελευταία τροποποίηση (βαθμός)",Σχόλια\n'
    'Συμμετέχων2,"Υποβλήθηκε για βαθμολόγηση",,5.00,Ναι,"28/11/2026 10:00",-,\n'
    'Συμμετέχων3,"Υποβλήθηκε για βαθμολόγηση",,5.00,Ναι,"28/11/2026 10:01",-,\n'
)
JAPANESE_BLIND = (
    "識別子,Unbekannt,評定,最大評点,評点は変更できます,最終更新日時(提出),最終更新日時(評定),コメント\n"
    '参加者2,"評定のために提出済み - ",,5.00,はい,"2026年 11月 28日 10:00",-,\n'
    '参加者3,"評定のために提出済み - ",,5.00,はい,"2026年 11月 28日 10:01",-,\n'
)
KOREAN = (
    '식별자,"전체 이름","이메일 주소",상태,성적,"최대 성적","Grade can be changed",'
    '수정,"수정 (성적)",피드백\n'
    '참가자2,"Alice Ant",a@x.org,제출됨,,5.00,예,"2026년 11월 28일 10:00",-,\n'
    '참가자3,"Zoë Bee",z@x.org,제출됨,,5.00,예,"2026년 11월 28일 10:01",-,\n'
)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (CHINESE, "Alice Ant"),
        (GREEK_BLIND, "Συμμετέχων2"),
        (JAPANESE_BLIND, "参加者2"),
        (KOREAN, "Alice Ant"),
    ],
    ids=["zh_cn", "el blind", "ja blind", "ko"],
)
def test_a_language_that_moodle_translates_oddly_is_understood(text: str, who: str) -> None:
    blind = text in (GREEK_BLIND, JAPANESE_BLIND)
    student = Student("a", "Συμμετέχοντας" if blind else "Alice Ant", file_id="2")

    found = with_scores(sheet_of(exported(text)), [got(student, 2.5, "moodle")], WANTED)

    assert found.changes == (CellChange(who, "", "2.5"),)
    assert b"-,2.5 of 5\r\n" in found.content
