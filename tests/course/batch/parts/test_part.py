"""What is known of a part is written, and read again the same."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.course.batch.parts.part import (
    CoursePart,
    UnreadPart,
    free_folder,
    in_order,
    keep_only,
    parts_beside,
    parts_in,
    write_part,
)
from grader.course.batch.student_marks import ExerciseWorth
from grader.exercises.late_policy import LatePolicy
from grader.submissions.intake.student_submission import Intake, StudentSubmission, SubmittedFile
from grader.submissions.student import Student

LATE = LatePolicy(datetime(2026, 10, 10, 23, 59, tzinfo=UTC), 5.0, 10.0, 50.0)
EX8, EX9 = ExerciseWorth("my475/ex8", "Names", 2.0), ExerciseWorth("my475/ex9", "Powers", 5.0, LATE)
ANN = StudentSubmission(
    *(Student("ann", "Änn"), (SubmittedFile("value.py", b""),), "2026-10-11", True, "a note"),
    ("b.py: it is a link",),
)
PART = CoursePart((EX9,), Intake("a zip", (ANN,), ("x: no",), ("doubt",)), {"ann": "0f"})


def test_a_part_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_part(tmp_path, PART)

    assert parts_in(tmp_path) == [PART]
    assert parts_in(tmp_path / "none") == []


@pytest.mark.parametrize(
    "fields",
    [
        "nonsense",
        "[]",
        "{}",
        {"schema": "grade/part/2"},
        {"folder": "../elsewhere"},
        {"folder": "submissions/../.."},
        {"exercises": []},
        {"handed": [{"student": {}}]},
        {"exercises": [{"path": "a", "title": "b", "points": "many", "late": {"due": None}}]},
    ],
)
def test_a_file_that_is_no_part_is_one_error(tmp_path: Path, fields: object) -> None:
    write_part(tmp_path, PART)
    file = tmp_path / "parts" / "my475_ex9.json"
    if isinstance(fields, dict):
        fields = json.dumps(json.loads(file.read_text(encoding="utf-8")) | fields)
    file.write_text(str(fields), encoding="utf-8")

    with pytest.raises(UnreadPart, match="is not what `grade batch` has written"):
        parts_in(tmp_path)


def test_of_what_is_graded_now_no_other_part_has_anything() -> None:
    both = PART._replace(exercises=(EX8, EX9))

    assert parts_beside([both], ["my475/ex9"]) == [PART._replace(exercises=(EX8,))]
    assert parts_beside([both], ["my475/ex8", "my475/ex9"]) == []


def test_each_part_has_a_folder_and_its_place(tmp_path: Path) -> None:
    other = PART._replace(exercises=(EX8,), folder=free_folder([PART], EX8.path))

    assert (free_folder([], EX8.path), other.folder) == ("submissions", "submissions-my475_ex8")
    assert free_folder([other], EX9.path) == "submissions"
    assert in_order([other, PART], ["my475/ex9"]) == [PART, other]
    for part in (PART, other):
        (tmp_path / part.folder).mkdir()
        write_part(tmp_path, part)
    keep_only(tmp_path, [PART])
    assert parts_in(tmp_path) == [PART]
    assert [one.name for one in tmp_path.glob("submissions*")] == ["submissions"]
