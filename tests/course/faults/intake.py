"""What went wrong where courses are taken in, each graded by `grade batch`."""

import zipfile
from pathlib import Path

from grader.course.marks import Mark, marks_in
from grader.submissions.student import Student
from tests.course.faults.fault import RIGHT, STARTER, Faults, Ran, expect, exported, new_sheet, ran
from tests.course.gradebook.sample import CANVAS, MOODLE, mark
from tests.course.push.runs import course

INTAKE = Faults("")
fault = INTAKE.fault
DUE = ("--due", "2026-02-28T12:00:00+00:00", "--per-day", "10")


def packed(files: dict[str, bytes]) -> str:
    """Write a zip, and return its name."""
    with zipfile.ZipFile("course.zip", "w") as file:
        for inside, content in files.items():
            file.writestr(inside, content)
    return "course.zip"


def laid(files: dict[str, bytes], top: str = "course") -> str:
    """Write a folder, and return its name."""
    for inside, content in files.items():
        path = Path(top, inside)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return top


def graded(where: str, *words: str) -> tuple[Ran, dict[str, Mark]]:
    """Grade a course, and return what was said and the marks by their student's key."""
    found = ran("batch", "ex9", where, "-o", "out", "--walls", "limits", *words)
    marks = marks_in(Path("out")) if found.status in (0, 3) else []
    expect(found.status == 0, f"{found} {[one.problem for one in marks]}")
    return found, {one.student.key: one for one in marks}


def scores(marks: dict[str, Mark]) -> dict[str, float | None]:
    """Return each student's score, by their name."""
    return {one.student.name or one.student.key: one.score for one in marks.values()}


def same(found: object, expected: object) -> str:
    """Expect one to be the other, and return it as it is shown.

    Raises:
        Wrong: it is not.
    """
    expect(found == expected, f"{found} in place of {expected}")
    return str(found)


@fault(
    "Moodle 8",
    "when Moodle's files came is not asked",
    "tests/submissions/intake/test_entry_times.py::test_moodle_s_entries_say_when_somebody_handed_in",
)
def moodles_times() -> str:
    with zipfile.ZipFile("course.zip", "w") as file:
        for day, who in ((1, "Ann Lee_4711"), (2, "Bob_4712")):
            name = f"{who}_assignsubmission_file/value.py"
            file.writestr(zipfile.ZipInfo(name, (2026, 3, day, 10, 0, 0)), RIGHT)
    _, marks = graded("course.zip", "--due", "2026-02-28T12:00", "--per-day", "10")
    return same(scores(marks), {"Ann Lee": 4.5, "Bob": 4.0})


@fault(
    "Moodle 13, case 24",
    "without folders each file is a student",
    "tests/submissions/intake/test_lms_exports.py::test_moodle_s_names_without_folders",
)
def without_folders() -> str:
    names = {
        "Ann Lee_4711_assignsubmission_file_value.py": RIGHT,
        "Bob Bee_4712_assignsubmission_file_engine.py": RIGHT,
        "Bob Bee_4712_assignsubmission_file_notes.txt": b"-",
        "Cy Cat_4713_assignsubmission_onlinetext.html": b"<p>I have nothing</p>",
    }
    found, marks = graded(packed(names))
    same(scores(marks), {"Ann Lee": 5.0, "Bob Bee": 5.0, "Cy Cat": None})
    return found.line("Moodle")


@fault(
    "Moodle 14",
    "an LMS's long folder leaves a student out, and nobody says why",
    "tests/submissions/intake/test_own_files.py::test_what_is_left_out_is_told_by_its_own_name",
)
def long_names() -> str:
    thai, arabic = "พิมพ์พิชชา ศรีสุวรรณวัฒนากุลชัยวงศ์", "محمد " * 12
    files = {
        f"{thai}_1_assignsubmission_file/value.py": RIGHT,
        f"{arabic.strip()}_2_assignsubmission_file/value.py": RIGHT,
        f"Ann_3_assignsubmission_file/{'ж' * 130}.py": RIGHT,
    }
    _, marks = graded(packed(files))
    same([one.score for one in marks.values() if one.student.name != "Ann"], [5.0, 5.0])
    (problem,) = [one.problem for one in marks.values() if one.student.name == "Ann"]
    expect("too long" in problem, problem)
    return problem


@fault(
    "Moodle 19g",
    "a script that was typed is not graded",
    "tests/submissions/intake/lms/test_online_text.py::test_a_script_is_found_in_whatever_an_editor_makes_of_it",
)
def typed() -> str:
    text = RIGHT.decode().replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
    text = text.replace("  ", "&nbsp; ")
    files = {
        "Ann_1_assignsubmission_onlinetext/onlinetext.html": f"<p>{text}</p>".encode(),
        "Bob_2_assignsubmission_onlinetext/onlinetext.html": b"<p>Sorry.</p>",
    }
    _, marks = graded(packed(files))
    same(scores(marks), {"Ann": 5.0, "Bob": None})
    return next(one.problem for one in marks.values() if one.problem)


@fault(
    "Canvas 3c, 14",
    '"_digits" in a name is taken for the number',
    "tests/submissions/intake/lms/test_canvas_names.py::test_numbers_are_told_apart",
)
def digits() -> str:
    files = {
        "student_1_4711_99_value.py": RIGHT,
        "student_2_4712_98_value.py": STARTER,
        "team_3_4715_101_value.py": RIGHT,
    }
    _, marks = graded(packed(files))
    ids = {one.student.name: one.student.student_id for one in marks.values()}
    return same(ids, {"student_1": "4711", "student_2": "4712", "team_3": "4715"})


@fault(
    "Canvas 8",
    "anonymous texts and links are nobody's",
    "tests/submissions/intake/test_lms_exports.py::test_what_was_typed_stands_in_place_of_a_file",
)
def anonymous() -> str:
    files = {
        "anon_cc4Qz_text.html": b"<p>Sorry</p>",
        "LATE_anon_dd4Qz_link.html": b"<a href='https://x.example'>x</a>",
        "anon_aa4Qz_99_value.py": RIGHT,
        "LATE_anon_bb4Qz_98_value.py": RIGHT,
    }
    _, marks = graded(packed(files))
    found = {one.student.student_id: (one.score, one.late) for one in marks.values()}
    return same(
        found,
        {
            "aa4Qz": (5.0, False),
            "bb4Qz": (5.0, True),
            "cc4Qz": (None, False),
            "dd4Qz": (None, True),
        },
    )


TRAINING = b"from value import Value\n\nw = Value(1.0)\nprint((w * w).data)\n"


@fault(
    "case 09",
    "a course of one student becomes one of two files",
    "tests/submissions/intake/test_one_student.py::test_a_folder_in_a_folder",
)
def one_student() -> str:
    _, marks = graded(laid({"Ann/value.py": RIGHT, "Ann/main.py": TRAINING}))
    return same(list(marks), ["Ann"])


@fault(
    "case 12",
    "names in UTF-8 without the flag, and in other letters, are read in silence",
    "tests/submissions/intake/test_archive_names.py::test_what_is_valid_utf_8_is_utf_8",
)
def names() -> str:
    _, marks = graded(flagless("utf-8", "Jürgen", "Zoë"))
    same(sorted(scores(marks)), ["Jürgen", "Zoë"])
    said, _ = graded(flagless("cp932", "田中太郎", "鈴木花子"), "--instead")
    found, marks = graded("course.zip", "--names-in", "cp932", "--instead")
    same(sorted(scores(marks)), ["田中太郎", "鈴木花子"])
    expect("may be wrong" not in found.said, found.said)
    return said.line("may be wrong")


def flagless(encoding: str, *names: str) -> str:
    """Write a zip whose names are in some letters, and do not say in which."""
    held = [
        f"{'n' * (len(name.encode(encoding)) - len(str(place)))}{place}"
        for place, name in enumerate(names)
    ]
    packed(
        {f"{name}/value.py": content for name, content in zip(held, (RIGHT, STARTER), strict=True)}
    )
    content = Path("course.zip").read_bytes()
    for stand_in, name in zip(held, names, strict=True):
        content = content.replace(stand_in.encode(), name.encode(encoding))
    Path("course.zip").write_bytes(content)
    return "course.zip"


TIMES = {
    "zone": ("2026-03-01 10:00:00.948203 Europe/Berlin", 4.5),
    "pst": ("2026-03-01 10:00:00 PST", 4.0),
    "cet": ("2026-03-01 10:00:00 CET", 4.5),
    "offset": ("2026-03-01 10:00:00 +0100", 4.5),
    "utc": ("2026-03-01 10:00:00.000000 UTC", 4.5),
    "iso": ("2026-03-01T10:00:00Z", 4.5),
    "junk": ("not a date", 5.0),
    "none": ("", 5.0),
}


@fault(
    "case 17",
    "late days are waived in silence",
    "tests/cli/commands/test_batch.py::test_it_says_of_how_many_it_is_unknown_when_they_handed_in",
)
def moments() -> str:
    files = {f"submitted/{who}/ex9/value.py": RIGHT for who in TIMES}
    files |= {
        f"submitted/{who}/ex9/timestamp.txt": one.encode() for who, (one, _) in TIMES.items() if one
    }
    found, marks = graded(laid(files), *DUE)
    same(
        {who: marks[who].score for who in TIMES}, {who: score for who, (_, score) in TIMES.items()}
    )
    return found.line("unknown")


@fault(
    "case 18",
    "an LMS that counts 0 points gets scores",
    "gradebook/test_canvas.py::test_an_assignment_of_0_points_is_refused_with_and_without_a_scale",
)
def no_points() -> str:
    course(mark(Student("antalice_4711", "antalice", "4711", "99"), 3.0))
    sheet = CANVAS.replace("5.00,10.00", "0,10.00")
    exported("canvas", sheet, "--column", "77", "--scale").line("counts 0 points", 2)
    expect(not new_sheet(), new_sheet())
    return exported("canvas", sheet, "--column", "77").line("counts 0 points", 2)


@fault(
    "case 19",
    "value.PY is no Python",
    "tests/submissions/test_search.py::test_an_ending_that_a_system_changed_hides_nothing",
)
def upper_case() -> str:
    Path("UPPER.PY").write_bytes(RIGHT)
    alone = ran("ex9", "UPPER.PY")
    expect(alone.status == 0, alone)
    _, marks = graded(laid({"Ann/VALUE.PY": RIGHT, "Bob/Value.Py": RIGHT}))
    return same(scores(marks), {"Ann": 5.0, "Bob": 5.0})


@fault(
    "case 23",
    "a teacher's CSV with semicolons is refused",
    "batch/test_overrides.py::test_it_is_read_as_a_spreadsheet_saves_it",
)
def teachers() -> str:
    where = laid({"Ann/value.py": RIGHT, "Bob/value.py": RIGHT})
    graded(where)
    lines = ("\ufeffStudent;CHECK;score;Comment;who", "Ann;;4,5;x;me", "Bob;;1;x;me", "Bob;;2;y;me")
    Path("out", "overrides.csv").write_text("\n".join(lines) + "\n", "utf-8")
    found, marks = graded(where)
    same(scores(marks), {"Ann": 4.5, "Bob": 2.0})
    return found.line("Bob")


@fault(
    "case 25",
    "a scale's words are written over with points",
    "gradebook/moodle/test_worksheet.py::test_grades_of_a_scale_are_refused",
)
def scale() -> str:
    course(mark(Student("Zoë_Bee_3", "Zoë Bee", file_id="3"), 3.0))
    sheet = MOODLE.replace("5.00", "Outstanding").replace("4.00", "Satisfactory")
    found = exported("moodle", sheet)
    expect(not new_sheet(), new_sheet())
    return found.line("scale", 2)


@fault(
    "case 28",
    "Brightspace's other dates lose a student",
    "tests/submissions/intake/test_lms_exports.py::test_brightspace_s_dates_in_any_form_lose_nobody",
)
def brightspace() -> str:
    dates = (
        "Mar 1, 2026 1000 AM",
        "1 March, 2026 11:59 PM",
        "1. März 2026 1000",
        "1 mars 2026 23 59",
        "2026-03-01 1000",
    )
    people = ("Ann Lee", "Bob van der Berg", "Jean-Luc Picard", "Dan", "Cy D. Cat")
    files = {
        f"1234{n}-678{n} - {who} - {day}/v.py": RIGHT
        for n, (who, day) in enumerate(zip(people, dates, strict=True))
    }
    _, marks = graded(packed({"index.html": b"<p>", **files}))
    return same(scores(marks), dict.fromkeys(people, 5.0))


@fault(
    "case 29",
    "files of nobody's get rows, and a zip in a zip is nothing",
    "tests/submissions/intake/test_nobodys_files.py::test_they_are_aside_and_said",
)
def nobodys() -> str:
    files = {"ann.py": RIGHT, "bob.py": STARTER, "cy.PY": RIGHT}
    aside = dict.fromkeys(("README.md", "requirements.txt", "desktop.ini"), b"-")
    found, marks = graded(packed({**files, **aside}))
    same(sorted(marks), ["ann", "bob", "cy"])
    inner = Path(packed(files)).read_bytes()
    _, marks = graded(packed({"submissions.zip": inner}), "--instead")
    same(sorted(marks), ["ann", "bob", "cy"])
    return found.line("nobody's")


@fault(
    "case 30",
    "of two files another exercise's is suggested, in a command that cannot be pasted",
    "tests/submissions/test_search.py::test_a_file_called_like_the_exercise_is_named_first",
)
def two_files() -> str:
    laid({"ex9.py": RIGHT, "ex8.py": STARTER, "hw (1).py": STARTER}, "Quin")
    found = ran("ex9", "Quin")
    expect(found.status not in (0, 3), found)
    hint = found.line("Hint:")
    first = hint.index("ex9.py")
    expect(first < (hint.index("ex8.py") if "ex8.py" in hint else len(hint)), hint)
    expect("hw (1)" not in hint or "'Quin/hw (1).py'" in hint, hint)
    return hint
