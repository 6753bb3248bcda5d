"""`grade export` at a terminal: what would change, what is written, and who was not found."""

import json
import zipfile
from pathlib import Path

import pytest

from grader.cli.main import run
from grader.course.gradebook.moodle.uploads import SHEET_FIRST
from grader.course.marks import FILE, Mark, line_of
from tests.course.gradebook.sample import ANT, BEE, CANVAS, MOODLE, exported, mark

DOG = ANT._replace(key="dog", name="Dog", student_id="9", file_id="")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gradebook.csv").write_bytes(exported(CANVAS))
    (tmp_path / "worksheet.csv").write_bytes(exported(MOODLE))
    return tmp_path


def course(*marks: Mark) -> None:
    Path("out", "reports").mkdir(parents=True)
    Path("out", FILE).write_text("".join(f"{line_of(one)}\n" for one in marks), encoding="utf-8")
    for one in marks:
        Path("out", one.page).write_text("page", encoding="utf-8")


def test_what_would_change_is_shown_and_nothing_is_written(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 2.5), mark(BEE, None))

    status = run(["export", "out", "--to", "canvas", "--into", "gradebook.csv", "--column", "77"])

    assert status == 0
    assert capsys.readouterr().out.splitlines() == [
        "Ant, Alice: none → 2.5",
        "left as it is: Bee, Zoë: nothing could be graded",
        "1 score would change in gradebook.csv: --write does it",
    ]
    assert Path("gradebook.csv").read_bytes() == exported(CANVAS)


def test_it_is_written_if_asked_and_a_second_time_changes_nothing(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 2.5))
    words = ["export", "out", "--to", "canvas", "--into", "gradebook.csv", "--column", "77"]

    run([*words, "--write"])
    run([*words, "--write"])

    after = CANVAS.replace('"1, Monday",,9.5', '"1, Monday",2.5,9.5')
    assert Path("gradebook.csv").read_bytes() == exported(after)
    assert capsys.readouterr().out.splitlines() == [
        "Ant, Alice: none → 2.5",
        "1 score written to gradebook.csv",
        "0 scores written to gradebook.csv, 1 stood there already",
    ]


def test_a_copy_leaves_the_export_as_it_was(place: Path) -> None:
    course(mark(ANT, 2.5))
    words = ["--to", "canvas", "--into", "gradebook.csv", "--column", "77", "-o", "new.csv"]

    assert run(["export", "out", *words]) == 0

    assert Path("gradebook.csv").read_bytes() == exported(CANVAS)
    assert b'"1, Monday",2.5,9.5' in Path("new.csv").read_bytes()


def test_a_student_who_is_not_found_is_listed_and_the_others_are_written(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 2.5), mark(DOG, 1.0))
    words = ["--to", "canvas", "--into", "gradebook.csv", "--column", "77", "--write"]

    status = run(["export", "out", *words])

    said = capsys.readouterr()
    assert status == 1
    assert said.err == (
        "not found: Dog (dog): no row with their ID or SIS User ID or SIS Login ID or name\n"
    )
    assert said.out.endswith("1 score written to gradebook.csv\n")


def test_a_roster_finds_them(place: Path) -> None:
    course(mark(DOG, 1.0))
    Path("roster.csv").write_text("key,canvas_id\ndog,4713\n", encoding="utf-8")
    words = ["--to", "canvas", "--into", "gradebook.csv", "--column", "77"]

    assert run(["export", "out", *words, "--roster", "roster.csv"]) == 0


def test_moodle_gets_its_worksheet_and_a_zip_of_pages(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alice = ANT._replace(name="Alice Ant", file_id="2")
    course(mark(alice, 2.5))
    words = ["--to", "moodle", "--into", "worksheet.csv", "--feedback", "pages.zip"]

    dry = run(["export", "out", *words])
    assert not Path("pages.zip").exists()
    wet = run(["export", "out", *words, "--write"])

    assert (dry, wet) == (0, 0)
    with zipfile.ZipFile("pages.zip") as held:
        assert held.namelist() == ["Alice Ant_2_assignsubmission_file/ex9.html"]
    assert b'grading",2.5,5.00' in Path("worksheet.csv").read_bytes()
    assert capsys.readouterr().out.splitlines() == [
        "Alice Ant: none → 2.5",
        "1 score would change in worksheet.csv: --write does it",
        "pages.zip would have the pages of 1 students",
        f"note: {SHEET_FIRST}",
        "Alice Ant: none → 2.5",
        "1 score written to worksheet.csv",
        "pages.zip has the pages of 1 students",
        f"note: {SHEET_FIRST}",
    ]


def test_moodles_columns_can_be_named_where_they_cannot_be_told(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alice = ANT._replace(name="Alice Ant", file_id="2")
    course(mark(alice, 2.5))
    odd = (
        MOODLE.replace("Grade can be changed", "Open")
        .replace("Yes", "Aye")
        .replace(",No,", ",Nay,")
    )
    Path("worksheet.csv").write_bytes(exported(odd.replace("Feedback comments", 'Words","More')))
    words = ["export", "out", "--to", "moodle", "--into", "worksheet.csv"]

    assert run(words) == 2
    assert run([*words, "--changeable", "Open=Aye"]) == 2
    assert run([*words, "--changeable", "Open=Aye", "--comments-in", "Words"]) == 0

    said = capsys.readouterr()
    assert said.out.startswith("Alice Ant: none → 2.5\n")
    assert [line for line in said.err.splitlines() if line.startswith("Error")] == [
        "Error: it is unclear which column says whether a grade can be changed",
        "Error: it is unclear which column receives comments",
    ]


def test_nobody_gets_the_page_of_whoever_has_their_number(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT._replace(key="eve", name="Eve Elk", file_id="2"), 2.5))
    words = ["--to", "moodle", "--into", "worksheet.csv", "--feedback", "pages.zip", "--write"]

    assert run(["export", "out", *words]) == 1

    with zipfile.ZipFile("pages.zip") as held:
        assert held.namelist() == []
    assert capsys.readouterr().err.startswith("not found: Eve Elk (eve): contradictory: ")


def test_the_zip_alone_needs_no_worksheet(place: Path) -> None:
    course(mark(ANT._replace(file_id="2"), 2.5))

    assert run(["export", "out", "--to", "moodle", "--feedback", "pages.zip", "--write"]) == 0

    assert Path("pages.zip").exists()


def test_a_table_goes_to_the_terminal_or_into_a_file(
    place: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    course(mark(ANT, 2.5), mark(ANT, 1.0, "my475/ex10"))

    run(["export", "out", "--to", "csv"])
    run(["export", "out", "--to", "csv", "-o", "scores.csv"])

    lines = Path("scores.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1:] == ["my475/ex9,,,4711,,,,2.5,0,2.5,5", "my475/ex10,,,4711,,,,1,0,1,5"]
    assert capfdbinary.readouterr().out == Path("scores.csv").read_bytes()


@pytest.mark.parametrize("system", ["gradescope", "autolab"])
def test_a_file_for_each_student(
    place: Path, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 2.5), mark(BEE, None))

    status = run(["export", "out", "--to", system, "-o", "files"])

    assert status == 1
    assert [file.name for file in Path("files").iterdir()] == ["antalice_4711.json"]
    assert json.loads(Path("files", "antalice_4711.json").read_bytes())
    assert capsys.readouterr().err == "nothing could be graded: beezoë_4712\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--to", "canvas"], "--to canvas needs --into FILE: what the LMS exported"),
        (["--to", "moodle"], "--to moodle needs --into FILE: what the LMS exported"),
        (["--to", "autolab"], "--to autolab needs -o FOLDER: it writes a file a student"),
        (["--to", "canvas", "--into", "none.csv"], "File 'none.csv' does not exist."),
    ],
)
def test_what_is_missing_is_said(
    place: Path, words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 2.5))

    assert run(["export", "out", *words]) == 2

    assert says in capsys.readouterr().err


def test_a_file_in_the_place_of_a_folder_is_an_error(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 2.5))
    Path("files").write_text("", encoding="utf-8")

    assert run(["export", "out", "--to", "autolab", "-o", "files"]) == 2

    assert "cannot write files" in capsys.readouterr().err


def test_points_that_the_lms_counts_otherwise_are_not_written_until_somebody_says_it(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 2.5))
    words = ["export", "out", "--to", "canvas", "--into", "gradebook.csv", "--column", "76"]
    out = ["-o", "new.csv"]

    assert run([*words, "--write"]) == 2
    assert capsys.readouterr().err.startswith("Error: the LMS counts 10 points, we 5\nHint: --sc")
    assert Path("gradebook.csv").read_bytes() == exported(CANVAS)

    assert run([*words, "--no-scale", *out]) == 0
    assert b'"1, Monday",,2.5,' in Path("new.csv").read_bytes()
    assert run([*words, "--scale", *out]) == 0
    assert b'"1, Monday",,5,' in Path("new.csv").read_bytes()


def test_more_than_the_assignment_s_points_is_listed_and_not_written(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT._replace(name="Alice Ant", file_id="2"), 7.0))
    words = ["export", "out", "--to", "moodle", "--into", "worksheet.csv", "--write"]

    assert run(words) == 1

    says = "not written: Alice Ant: 7 is more than the 5 points that the LMS counts\n"
    assert capsys.readouterr().err == says
    assert Path("worksheet.csv").read_bytes() == exported(MOODLE)


def test_where_nothing_is_written_since_all_is_unclear_the_status_says_so(place: Path) -> None:
    course(mark(ANT._replace(name="Alice Ant", file_id="2"), 2.5))
    Path("worksheet.csv").write_bytes(exported(MOODLE.replace(",Yes,", ",Aye,")))
    words = ["export", "out", "--to", "moodle", "--into", "worksheet.csv", "--write"]

    assert run(words) == 1
    assert run([*words, "--changeable", "Grade can be changed=Aye"]) == 0


def test_a_sheet_of_the_rows_that_change_is_a_new_file(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT._replace(name="Alice Ant", file_id="2"), 2.5))
    words = ["export", "out", "--to", "moodle", "--into", "worksheet.csv", "--only-changes"]

    assert run([*words, "--write"]) == 2
    assert "a file with fewer rows or columns is a new one" in capsys.readouterr().err
    assert run([*words, "-o", "new.csv", "--comments", "drop"]) == 0

    lines = exported(MOODLE).splitlines(keepends=True)
    head = lines[0].replace(b',"Feedback comments"', b"")
    alice = lines[1].replace(b'grading",,', b'grading",2.5,').replace(b"-,\r\n", b"-\r\n")
    assert Path("new.csv").read_bytes() == head + alice


def test_a_worksheet_in_utf_16_is_written_as_moodle_reads_it(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT._replace(name="Alice Ant", file_id="2"), 2.5))
    text = MOODLE.replace(",", "\t").replace("Monday\t", "Monday,").replace("2026\t", "2026,")
    Path("worksheet.csv").write_bytes(text.encode("utf-16"))

    assert run(["export", "out", "--to", "moodle", "--into", "worksheet.csv", "--write"]) == 0

    assert b'grading"\t2.5\t5.00' in Path("worksheet.csv").read_bytes()
    assert "note: the file is in UTF-16, which an LMS does not read" in capsys.readouterr().out
