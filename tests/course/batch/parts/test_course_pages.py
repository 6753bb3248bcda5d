"""A course's pages hold all of its parts: a student's page and row are one, whatever they did."""

from pathlib import Path

from grader.course.batch.jobs import JobResult
from grader.course.batch.parts.course_pages import (
    GradedPart,
    course_view,
    write_class_page,
    write_student_pages,
)
from grader.course.batch.parts.part import CoursePart
from grader.course.batch.student_marks import ExerciseWorth, marks_of
from grader.course.marks import Mark
from grader.submissions.intake.student_submission import Intake, StudentSubmission, SubmittedFile
from grader.submissions.student import Student

EX8, EX9 = ExerciseWorth("my475/ex8", "Names", 2.0), ExerciseWorth("my475/ex9", "Powers", 5.0)


def graded(worth: ExerciseWorth, folder: str, *keys: str) -> GradedPart:
    file = SubmittedFile("value.py", f"name = '{worth.path}'".encode())
    handed = {key: StudentSubmission(Student(key, key.title()), (file,)) for key in keys}
    outcomes = {key: JobResult(problem=f"{worth.path} is empty") for key in keys}
    intake = Intake(f"a folder, {worth.path}", tuple(handed.values()))
    return GradedPart(CoursePart((worth,), intake, {}, folder), outcomes, handed)


BOTH = [graded(EX8, "submissions", "ann", "bob"), graded(EX9, "submissions-ex9", "bob")]


def marks() -> list[Mark]:
    return [
        mark
        for part, outcomes, handed in BOTH
        for key, one in handed.items()
        for mark in marks_of(one, part.exercises, outcomes[key])
    ]


def test_a_student_of_two_parts_is_one_row_with_the_files_of_both() -> None:
    view = course_view(BOTH, marks(), ())

    assert [one.student.key for one in view.intake.handed] == ["ann", "bob"]
    assert view.outcomes["bob"].problem == "my475/ex8 is empty; my475/ex9 is empty"
    assert [link.name for link in view.files["bob"]] == ["ex8: value.py", "ex9: value.py"]
    assert [link.name for link in view.files["ann"]] == ["ex8: value.py"]
    assert view.intake.shape == "a folder, my475/ex8; a folder, my475/ex9"


def test_where_there_is_one_part_a_file_has_its_own_name() -> None:
    view = course_view(BOTH[:1], marks(), ())

    assert [link.name for link in view.files["bob"]] == ["value.py"]


def test_a_student_has_one_page_that_tells_of_all_their_exercises(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    write_student_pages(tmp_path, BOTH, marks())
    write_class_page(tmp_path, course_view(BOTH, marks(), ()))

    pages = {mark.student.key: (tmp_path / mark.page).read_text("utf-8") for mark in marks()}
    titles = {key: [one for one in ("Names", "Powers") if one in pages[key]] for key in pages}
    assert titles == {"ann": ["Names"], "bob": ["Names", "Powers"]}
    assert "Bob" in (tmp_path / "index.html").read_text("utf-8")
