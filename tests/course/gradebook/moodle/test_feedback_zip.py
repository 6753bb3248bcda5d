"""Everyone's page goes into one zip, named as Moodle takes it apart."""

import zipfile
from io import BytesIO
from pathlib import Path

from grader.course.gradebook.csv_sheet import sheet_of
from grader.course.gradebook.moodle.feedback_zip import zipped
from grader.course.gradebook.moodle.worksheet import participants
from grader.submissions.student import Student
from tests.course.gradebook.sample import MOODLE, exported, got

ALICE = Student("Alice_Ant_2", "Alice Ant", file_id="2")
ZOE = Student("Zoë_Bee_3", "Zoë Bee", file_id="3")


def test_everyone_gets_their_page_back(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    for one in (ALICE, ZOE):
        (tmp_path / "reports" / f"{one.key}.html").write_text(one.name, encoding="utf-8")
    stranger = Student("dog", "Dog_/Doe")
    everyone = [got(ALICE, 2.5), got(ZOE, 4.0), got(stranger, 1.0)]

    found = zipped(tmp_path, everyone, [], "ex9")

    with zipfile.ZipFile(BytesIO(found.content)) as held:
        pages = {name: held.read(name).decode() for name in held.namelist()}
    assert pages == {
        "Alice Ant_2_assignsubmission_file/ex9.html": "Alice Ant",
        "Zoë Bee_3_assignsubmission_file/ex9.html": "Zoë Bee",
    }
    assert found.without == ("Dog_/Doe: no participant's number",)


def test_a_worksheet_says_the_numbers_of_students_who_have_none(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "ant.html").write_text("page", encoding="utf-8")
    one = got(Student("ant", "ant, ALICE"), 2.5)

    found = zipped(tmp_path, [one], participants(sheet_of(exported(MOODLE)), [one]), "ex9")

    with zipfile.ZipFile(BytesIO(found.content)) as held:
        assert held.namelist() == ["Alice Ant_2_assignsubmission_file/ex9.html"]


def test_a_name_never_leads_out_of_the_zip(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "x.html").write_text("page", encoding="utf-8")
    one = got(Student("x", "../..\\C:evil_name", file_id="7"), 2.5)

    found = zipped(tmp_path, [one], [], "my475/ex9")

    with zipfile.ZipFile(BytesIO(found.content)) as held:
        assert held.namelist() == [".. .. C evil name_7_assignsubmission_file/my475 ex9.html"]
