"""What an LMS exported goes through intake and grading, and back into the LMS's own file."""

import csv
import zipfile
from pathlib import Path

import pytest

from grader.cli.main import run
from grader.course.batch.grade_course import CourseRequest
from grader.course.gradebook.csv_sheet import BOM
from grader.course.gradebook.formulas import BEGINNINGS
from grader.submissions.intake.spool import bytes_of
from grader.submissions.intake.take_in import take_in
from tests.course.batch.sample import CHOICE, grade, handed

pytestmark = pytest.mark.xdist_group("course")
RIGHT, WRONG = (bytes_of(one.files[0].content) for one in handed(2))
EVIL = "=HYPERLINK(1)"

CANVAS = {
    "antalice_4711_990_value.py": RIGHT,
    "beezoë_LATE_4712_991_value.py": WRONG,
    "catcy_4713_992_thesis.pdf": b"%PDF",
    "dogd_4714_993_value.py": RIGHT,
}
GRADEBOOK = (
    'Student,ID,SIS User ID,SIS Login ID,Section,"Subtraction and powers (77)",Final Score\r\n'
    "    Points Possible,,,,,5.00,(read only)\r\n"
    '"Ant, Alice",4711,,alice,"1, Monday",,"88,1"\r\n'
    '"Bee, Zoë",4712,,zoe,"1, Monday",4,12\r\n'
    '"Cat, Cy",4713,,cy,2,2.5,\r\n'
    '"Elk, Eve",4715,,eve,2,,\r\n'
)
MOODLE = {
    "Alice Ant_2_assignsubmission_file/value.py": RIGHT,
    f"{EVIL}_3_assignsubmission_file/src/value.py": WRONG,
}
WORKSHEET = (
    'Identifier,"Full name","Email address",Status,Grade,"Maximum grade","Grade can be changed",'
    '"Last modified (submission)","Last modified (grade)","Feedback comments"\n'
    '"Participant 2","Alice Ant",a@x.org,Submitted,,5.00,Yes,-,-,\n'
    f'"Participant 3","{EVIL}",e@x.org,Submitted,,5.00,Yes,-,-,\n'
)


POWER_GRADIENTS = "A power's rule puts the exponent in front, one less above"


def course(folder: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(folder / "submissions.zip", "w") as held:
        for name, content in files.items():
            held.writestr(name, content)
    taken = take_in(folder / "submissions.zip")
    grade(CourseRequest(folder / "out", taken, CHOICE))
    return folder / "out"


def test_canvas_gets_its_gradebook_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = course(tmp_path, CANVAS)
    gradebook = tmp_path / "gradebook.csv"
    gradebook.write_bytes(BOM + GRADEBOOK.encode())

    status = run(["export", str(out), "--to", "canvas", "--into", str(gradebook), "--write"])

    after = GRADEBOOK.replace('Monday",,"88', 'Monday",5,"88').replace(
        'Monday",4,12', 'Monday",3,12'
    )
    assert gradebook.read_bytes() == BOM + after.encode()
    assert status == 1
    said = capsys.readouterr()
    assert said.err.startswith("not found: dogd (dogd_4714): no row with their ID")
    assert "left as it is: Cat, Cy: nothing could be graded" in said.out


def test_nobody_gets_the_score_of_whom_canvas_numbers_as_their_school_does_them(
    tmp_path: Path,
) -> None:
    out = course(tmp_path, CANVAS)
    gradebook = tmp_path / "gradebook.csv"
    other = GRADEBOOK.replace('"Ant, Alice",4711,,alice', '"Zed, Zack",9001,4711,zz')
    gradebook.write_bytes(other.encode())
    words = ["--to", "canvas", "--into", str(gradebook), "--write"]

    assert run(["export", str(out), *words]) == 1

    assert b'"Zed, Zack",9001,4711,zz,"1, Monday",,' in gradebook.read_bytes()


def test_moodle_gets_its_worksheet_back(tmp_path: Path) -> None:
    out = course(tmp_path, MOODLE)
    worksheet = tmp_path / "worksheet.csv"
    worksheet.write_bytes(BOM + WORKSHEET.encode())

    assert run(["export", str(out), "--to", "moodle", "--into", str(worksheet), "--write"]) == 0

    title = "Subtraction and powers"
    after = WORKSHEET.replace(
        "a@x.org,Submitted,,5.00,Yes,-,-,", f"a@x.org,Submitted,5,5.00,Yes,-,-,{title}: 5 of 5"
    ).replace(
        "e@x.org,Submitted,,5.00,Yes,-,-,",
        f'e@x.org,Submitted,3,5.00,Yes,-,-,"{title}: 3 of 5; to fix: {POWER_GRADIENTS}"',
    )
    assert worksheet.read_bytes() == BOM + after.encode()


def test_a_spreadsheet_sees_no_formula_in_what_we_write(tmp_path: Path) -> None:
    out = course(tmp_path, MOODLE)
    run(["export", str(out), "--to", "csv", "-o", str(tmp_path / "scores.csv")])

    for file in (out / "scores.csv", tmp_path / "scores.csv"):
        with file.open(encoding="utf-8", newline="") as held:
            cells = [cell for row in csv.reader(held) for cell in row]
        assert not [cell for cell in cells if cell.startswith(BEGINNINGS)]
    assert f"'{EVIL}" in (out / "scores.csv").read_text(encoding="utf-8")
