"""What a file's name says in each system, and which system's names they are."""

import re

import pytest

from grader.submissions.intake.lms_exports import (
    ExportedFile,
    blackboard_of,
    brightspace,
    by_pattern,
    canvas,
    folder,
    moodle,
    nbgrader,
    recognise,
)


def test_canvas_says_late_and_which_file_came_again() -> None:
    assert canvas("antalice_LATE_4711_99_value-1.py") == ExportedFile(
        "4711",
        "value-1.py",
        full_name="antalice",
        student_id="4711",
        file_id="99",
        late=True,
        order=99,
        plain="value.py",
    )


def test_canvas_s_anonymous_files_have_no_name() -> None:
    piece = canvas("LATE_anon_x7_99_value.py")

    assert piece is not None
    assert (piece.whose, piece.full_name, piece.late) == ("x7", "", True)


def test_what_was_typed_stands_in_place_of_a_file() -> None:
    typed = canvas("antalice_4711_text.html")
    online = moodle("Alice Ant_2_assignsubmission_onlinetext_/onlinetext.html")

    assert typed == ExportedFile(
        "4711", "", full_name="antalice", student_id="4711", instead="a text"
    )
    assert online == ExportedFile("2", "", full_name="Alice Ant", file_id="2", instead="a text")


def test_moodle_s_file_may_lie_in_folders() -> None:
    piece = moodle("Alice Ant_2_assignsubmission_file/src/value.py")

    assert piece == ExportedFile("2", "src/value.py", full_name="Alice Ant", file_id="2")


def test_blackboard_s_title_is_what_all_names_begin_with() -> None:
    names = [
        f"Ex_9_{account}_attempt_2026-10-10-10-22-00_value.py" for account in ("a_ant", "b_bee")
    ]

    pieces = [blackboard_of(names)(name) for name in names]

    assert [piece and piece.whose for piece in pieces] == ["a_ant", "b_bee"]
    assert [piece and piece.attempt for piece in pieces] == ["2026-10-10T10:22:00"] * 2


def test_brightspace_tells_students_apart_by_the_first_number() -> None:
    piece = brightspace("39786-640693 - Alice Ant - Oct 10, 2026 1022 AM/value.py")

    assert piece is not None
    assert (piece.whose, piece.file_id, piece.timestamp) == (
        "39786",
        "39786-640693",
        "2026-10-10T10:22:00",
    )


def test_a_file_or_a_folder_is_called_as_its_student() -> None:
    assert folder("ant/src/value.py") == ExportedFile("ant", "src/value.py", full_name="ant")
    assert folder("ant.tar.gz") == ExportedFile("ant", "ant.tar.gz", full_name="ant")


def test_a_pattern_s_groups_are_what_nbgrader_calls_them() -> None:
    shape = by_pattern(re.compile(r"(?P<last_name>\w+)_(?P<student_id>\d+)\.py"))

    assert shape("ant_17.py") == ExportedFile(
        "17", "ant_17.py", full_name="ant", student_id="17", last_name="ant"
    )
    assert shape("value.py") is None


NAMES = {
    "canvas": ["antalice_4711_99_value.py", "beebob_4712_98_value.py"],
    "moodle": ["Alice Ant_2_assignsubmission_file/value.py"],
    "blackboard": ["Ex_ant_attempt_2026-10-10-10-22-00_value.py"],
    "brightspace": ["1-2 - Alice Ant - Oct 10, 2026 1022 AM/value.py"],
    "nbgrader": ["submitted/ant/ex9/value.ipynb"],
    "folder": ["ant/value.py", "bee/value.py", "foxfay_4713_97_value.py"],
}


@pytest.mark.parametrize("system", NAMES)
def test_a_system_is_recognised_by_more_than_half_of_the_names(system: str) -> None:
    assert recognise(NAMES[system]) == system


def test_many_files_of_one_student_have_one_voice() -> None:
    mischief = [f"eve/{name}" for name in NAMES["canvas"] * 50]

    assert recognise([*mischief, "ant/value.py", "bee/value.py"]) == "folder"


def test_nbgrader_s_tree_is_more_than_a_folder_called_submitted() -> None:
    assert nbgrader("submitted/value.py") is None
    assert recognise(["submitted/value.py", "ant/value.py"]) == "folder"


@pytest.mark.parametrize(
    ("name", "student", "file", "instead"),
    [
        ("Ann Lee_7_assignsubmission_file_value.py", "Ann Lee", "value.py", ""),
        ("Ann Lee_7_assignsubmission_file_my_value.py", "Ann Lee", "my_value.py", ""),
        ("A_B_7_assignsubmission_file_x_8_assignsubmission_file_v.py", "A_B", None, ""),
        ("Ann Lee_7_assignsubmission_onlinetext.html", "Ann Lee", "", "a text"),
        ("Ann Lee_7_assignsubmission_onlinetext_onlinetext.html", "Ann Lee", "", "a text"),
    ],
)
def test_moodle_s_names_without_folders(
    name: str, student: str, file: str | None, instead: str
) -> None:
    piece = moodle(name)

    assert piece is not None
    assert (piece.full_name, piece.file_id, piece.instead) == (student, "7", instead)
    assert file is None or piece.name == file


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("Mar 1, 2026 1159 PM", "2026-03-01T23:59:00"),
        ("1 March, 2026 11:59 PM", "2026-03-01T23:59:00"),
        ("1 mars 2026 23 h 59", "2026-03-01T23:59:00"),
        ("1. März 2026 23:59", "2026-03-01T23:59:00"),
        ("2026-03-01 23:59", "2026-03-01T23:59:00"),
        ("somewhen in 2026", "somewhen in 2026"),
    ],
)
@pytest.mark.parametrize("name", ["Ann Lee", "Jean-Luc Picard", "A - B"])
def test_brightspace_s_dates_in_any_form_lose_nobody(date: str, moment: str, name: str) -> None:
    piece = brightspace(f"ex9/12-34 - {name} - {date}/src/value.py")

    assert piece is not None
    assert (piece.full_name, piece.name, piece.timestamp) == (name, "src/value.py", moment)
