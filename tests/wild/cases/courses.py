"""Cases of folders and courses: what was handed in, by whom and when, and where marks go."""

import json
import os
import shlex
import unicodedata
import zipfile
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

from grader.course.batch.overrides import apply_overrides, read_overrides
from grader.course.marks import FILE, line_of
from grader.submissions.submission import SeveralSubmissions, find
from tests.course.gradebook.sample import ANT, BEE, CANVAS, MOODLE, exported, mark
from tests.wild.cases.bench import (
    Bench,
    assert_full,
    assert_says,
    case,
    students,
    taken_in,
    walls_here,
)
from tests.wild.folders import TRAIN

MAIN = "from value import Value\n" + TRAIN
ENGINE = "{right/slots}"
WORKSHEET_SCALE = MOODLE.replace("5.00,", "Excellent,").replace("4.00", "Good")


@case(4, "the script that imports the other is the submission, and both are graded together")
def a_training_beside_its_engine(bench: Bench) -> None:
    bench.write("Ann/engine.py", ENGINE)
    bench.write("Ann/train.py", MAIN.replace("value", "engine"))

    assert_full(bench.report("my475/ex12", bench.place / "Ann"))


@case(4, "the script that imports the other is the submission, and both are graded together")
def a_training_beside_its_engine_from_canvas(bench: Bench) -> None:
    where = bench.zipped(
        "submissions.zip",
        {
            "antann_4711_99001_value.py": ENGINE,
            "antann_4711_99002_main.py": MAIN,
            "beebob_4712_99003_main-1.py": MAIN,
            "beebob_4712_99004_value-1.py": ENGINE,
        },
    )

    got = bench.course("my475/ex12", taken_in(where))

    assert got == {"antann": "5", "beebob": "5"}, got


@case(5, "what lies in the submission is the student's, in every tier")
def an_own_package_has_a_known_name(bench: Bench) -> None:
    bench.write("Bob/micrograd/__init__.py", "")
    bench.write("Bob/micrograd/engine.py", ENGINE)
    bench.write("Bob/main.py", "from micrograd.engine import Value\n" + TRAIN)

    assert_full(bench.report("my475/ex9", bench.place / "Bob"))
    assert_full(bench.report("my475/ex9", bench.place / "Bob", walls=walls_here()))


@case(6, "in a CI the folder comes along")
def a_path_in_a_ci(bench: Bench) -> None:
    bench.write("value.py", ENGINE)
    bench.write("main.py", MAIN)
    away = ("GITHUB_ACTIONS", "GITLAB_CI", "GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")
    plain = {name: text for name, text in os.environ.items() if name not in away}

    with patch.dict(os.environ, plain, clear=True):
        said = bench.run("ci", "ex12", "--path", "main.py")

    assert said.status == 0, (said.out + said.err)[:200]


@case(7, "one search for all commands")
def the_code_is_in_a_subfolder(bench: Bench) -> None:
    bench.write("submission/hw3/value.py", ENGINE)

    assert_full(bench.report("my475/ex9", bench.place / "submission"))


@case(7, "where several are left, they are named")
def two_subfolders_hold_one_each(bench: Bench) -> None:
    bench.write("course/Oz/part1/value.py", ENGINE)
    bench.write("course/Oz/part2/value.py", ENGINE)
    bench.write("course/Zed/value.py", ENGINE)

    got = bench.course("my475/ex9", taken_in(bench.place / "course"))

    assert got["Zed"] == "5", got
    assert "part1/value.py" in got["Oz"], got
    assert "part2/value.py" in got["Oz"], got


@case(9, "a folder with one student is one student")
def a_course_of_one(bench: Bench) -> None:
    bench.write("course/Ann/value.py", ENGINE)
    bench.write("course/Ann/main.py", MAIN)

    found = students(taken_in(bench.place / "course"))

    assert found == ["Ann"], found


@case(12, "valid UTF-8 is UTF-8")
def a_zip_does_not_say_that_it_is_utf8(bench: Bench) -> None:
    names = ["Jürgen Groß", "Zoë Čapek"]
    where = _zip_with_raw_names(bench, [f"{name}/value.py".encode() for name in names])

    found = students(taken_in(where))

    assert found == sorted(names), found


@case(12, "where it is no UTF-8, a line says that names may be wrong")
def a_zip_in_an_encoding_that_nobody_says(bench: Bench) -> None:
    names = ("山田太郎", "鈴木花子")
    raw = [f"{name}/value.py".encode("shift_jis") for name in names]
    where = _zip_with_raw_names(bench, raw)

    intake = taken_in(where)

    assert len(intake.handed) == 2
    assert_says("\n".join(intake.notes), "names in it may be wrong")


@case(12, "one name, however its letters are composed")
def a_name_in_two_forms(bench: Bench) -> None:
    for form in ("NFC", "NFD"):
        name = unicodedata.normalize(form, "Zoë Müller")
        bench.write(f"course/{name}/value_{form}.py", ENGINE)
    bench.write("course/Ann/value.py", ENGINE)

    found = students(taken_in(bench.place / "course"))

    assert len(found) == 2, found


@case(17, "read where it can be, and at the end a line says for how many it is unknown")
def times_as_people_and_machines_write_them(bench: Bench) -> None:
    late = {
        "named": "2026-03-01 10:00:00 CET",
        "pacific": "2026-03-01 10:00:00 PST",
        "zone": "2026-03-01 10:00:00.948203 America/Los_Angeles",
        "utc": "2026-03-01 10:00:00.000000 UTC",
    }
    for name, text in (late | {"nobody": "last week"}).items():
        bench.write(f"submitted/{name}/ex9/value.py", ENGINE)
        bench.write(f"submitted/{name}/ex9/timestamp.txt", text + "\n")
    said = bench.run(
        *("batch", "ex9", "submitted", "--out", "out", "--walls", "limits", "--jobs", "1"),
        *("--due", "2026-02-28T12:00:00+00:00", "--per-day", "10"),
    )

    lines = (bench.place / "out" / FILE).read_text(encoding="utf-8").splitlines()
    marks = {one["student"]["key"]: one["penalty"] for one in map(json.loads, lines)}
    assert marks == {"named": 0.5, "utc": 0.5, "pacific": 1.0, "zone": 1.0, "nobody": 0}, marks
    assert_says(said.out + said.err, "1 of 5", "for 1 ")


@case(18, "a scale onto 0 points is refused, and not recommended")
def the_lms_counts_no_points(bench: Bench) -> None:
    gradebook = CANVAS.replace("5.00,10.00", "0,10.00")
    _course_out(bench, "gradebook.csv", exported(gradebook))
    words = ["export", "out", "--to", "canvas", "--into", "gradebook.csv", "--column", "77"]

    plain = bench.run(*words)
    scaled = bench.run(*words, "--scale")

    assert "--scale" not in plain.out + plain.err, plain.out + plain.err
    assert scaled.status != 0, scaled.out


@case(23, "semicolons and other case are read; a student twice is said")
def a_teacher_writes_a_table_by_hand(bench: Bench) -> None:
    bench.write("overrides.csv", "\ufeffStudent;Check;Score;Comment\nantalice_4711;;4,5;oral\n")
    (bench.place / "twice").mkdir()
    bench.write(
        "twice/overrides.csv",
        "student,check,score,comment\nantalice_4711,,4,\nantalice_4711,,5,\n",
    )

    (one,) = read_overrides(bench.place)
    twice = apply_overrides([mark(ANT, 2.5)], read_overrides(bench.place / "twice"))

    assert (one.student, one.score) == ("antalice_4711", 4.5), one
    assert_says(" ".join(twice.repeated), "line 3")


@case(24, "an export without folders is recognised")
def moodle_without_folders(bench: Bench) -> None:
    where = bench.zipped(
        "moodle.zip",
        {
            "Ann Lee_4711_assignsubmission_file_value.py": ENGINE,
            "Zoë van Dyk_4712_assignsubmission_file_my_value.py": ENGINE,
            "Zoë van Dyk_4712_assignsubmission_file_notes.txt": "hello",
            "Cy Cat_4713_assignsubmission_onlinetext.html": "<p>sorry</p>",
        },
    )

    found = students(taken_in(where))

    assert found == ["Ann Lee", "Cy Cat", "Zoë van Dyk"], found


@case(25, "points into a column of words are refused, with the reason")
def grades_are_words(bench: Bench) -> None:
    _course_out(bench, "worksheet.csv", exported(WORKSHEET_SCALE))

    said = bench.run("export", "out", "--to", "moodle", "--into", "worksheet.csv")

    assert said.status != 0, said.out
    assert_says(said.err, "scale")


@case(28, "everyone has a row")
def dates_in_the_form_of_another_country(bench: Bench) -> None:
    times = (
        *("Mar 1, 2026 1000 AM", "1 March, 2026 11:59 PM"),
        *("2026-03-01 23:59", "1. März 2026 0930"),
    )
    where = bench.zipped(
        "brightspace.zip",
        {"index.html": "<html></html>"}
        | {
            f"1234{n}-6789{n} - Student {n} - {time}/value.py": ENGINE
            for n, time in enumerate(times)
        },
    )

    found = students(taken_in(where))

    assert found == [f"Student {n}" for n in range(len(times))], found


@case(29, "they are aside, and said")
def files_that_are_nobody_s(bench: Bench) -> None:
    for name in ("ann.py", "bob.py", "cy.PY"):
        bench.write(f"course/{name}", ENGINE)
    for name in ("README.md", "requirements.txt", "desktop.ini", "Thumbs.db", "grades.csv"):
        bench.write(f"course/{name}", "x")

    intake = taken_in(bench.place / "course")

    assert students(intake) == ["ann", "bob", "cy"], students(intake)
    assert_says("\n".join(intake.refused), "README.md")


@case(29, "an inner archive is opened")
def a_zip_in_a_zip(bench: Bench) -> None:
    inner = bench.zipped("inner.zip", {"ann.py": ENGINE, "bob.py": ENGINE})
    with zipfile.ZipFile(bench.place / "outer.zip", "w") as archive:
        archive.write(inner, "submissions.zip")

    found = students(taken_in(bench.place / "outer.zip"))

    assert found == ["ann", "bob"], found


@case(30, "the command that is proposed can be pasted, and is the likely one")
def two_files_one_named_as_the_exercise(bench: Bench) -> None:
    for name in ("ex8.py", "ex9.py", "my homework (1).py"):
        bench.write(f"Quin Smith/{name}", ENGINE)

    try:
        found = find(str(bench.place / "Quin Smith"), "ex9").path
    except SeveralSubmissions as error:
        *command, found = shlex.split(error.hint.partition(": ")[2])
    else:
        command = ["grade", "ex9"]

    assert command == ["grade", "ex9"], command
    assert Path(found).name == "ex9.py", found
    assert Path(found).exists(), found


def _zip_with_raw_names(bench: Bench, names: list[bytes]) -> Path:
    """Write a zip whose names are these bytes, without a word about their encoding."""
    stand_ins = [bytes(b"abcdefghijklmnop"[n % 16] for n in range(len(name))) for name in names]
    stand_ins = [bytes([65 + n]) + one[1:] for n, one in enumerate(stand_ins)]
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for one in stand_ins:
            archive.writestr(one.decode(), "class Value:\n    pass\n")
    content = raw.getvalue()
    for stand_in, name in zip(stand_ins, names, strict=True):
        content = content.replace(stand_in, name)
    path = bench.place / "raw.zip"
    path.write_bytes(content)
    return path


def _course_out(bench: Bench, sheet: str, content: bytes) -> None:
    """Write the marks of a course, and what an LMS has exported."""
    (bench.place / "out" / "reports").mkdir(parents=True)
    marks = [mark(ANT._replace(name="Alice Ant"), 2.5), mark(BEE._replace(name="Zoë Bee"), 4.0)]
    lines = "".join(f"{line_of(one)}\n" for one in marks)
    (bench.place / "out" / FILE).write_text(lines, encoding="utf-8")
    (bench.place / sheet).write_bytes(content)
