"""A number in a student's name is told from Canvas's own by the names beside it."""

import pytest

from grader.submissions.intake.lms.canvas_names import canvas_of


@pytest.mark.parametrize(
    ("names", "read"),
    [
        (
            ["antalice_4711_90001_value.py", "student_1_4712_90002_value.py"],
            [("antalice", "4711", "value.py"), ("student_1", "4712", "value.py")],
        ),
        (
            ["antalice_4711_90001_value.py", "bobbee_4712_90002_9_value.py"],
            [("antalice", "4711", "value.py"), ("bobbee", "4712", "9_value.py")],
        ),
        (
            [f"student_{n}_471{n}_9000{n}_value.py" for n in range(1, 4)],
            [(f"student_{n}", f"471{n}", "value.py") for n in range(1, 4)],
        ),
        (
            [f"ant_471{n}_9000{n}_9_value.py" for n in range(1, 4)],
            [("ant", f"471{n}", "9_value.py") for n in range(1, 4)],
        ),
        (
            ["student_1_4711_90001_a.py", "student_1_4711_90002_b.py", "ant_4712_90003_a.py"],
            [("student_1", "4711", "a.py"), ("student_1", "4711", "b.py"), ("ant", "4712", "a.py")],
        ),
        (["ant_4711_90001_9_value.py"], [("ant", "4711", "9_value.py")]),
        (
            ["student_1_LATE_4711_90001_value.py", "antalice_4712_90002_value.py"],
            [("student_1", "4711", "value.py"), ("antalice", "4712", "value.py")],
        ),
    ],
)
def test_numbers_are_told_apart(names: list[str], read: list[tuple[str, str, str]]) -> None:
    shape = canvas_of(names)

    found = [piece for name in names if (piece := shape(name))]
    assert [(one.full_name, one.student_id, one.name) for one in found] == read


def test_who_comes_late_and_has_a_number_is_late() -> None:
    names = ["student_1_LATE_4711_90001_value.py", "antalice_4712_90002_value.py"]

    piece = canvas_of(names)(names[0])

    assert piece is not None
    assert (piece.late, piece.order, piece.file_id) == (True, 90001, "90001")


def test_a_file_s_name_makes_nobody_another_one() -> None:
    names = ["eve_5001_90001_4711_value.py", "antalice_4711_90002_value.py"]

    piece = canvas_of(names)(names[0])

    assert piece is not None
    assert (piece.student_id, piece.name) == ("5001", "4711_value.py")
