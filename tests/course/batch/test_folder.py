"""The folder of a course is ours alone, and holds what is handed in now."""

import json
from pathlib import Path

import pytest

from grader.course.batch import folder
from grader.course.batch.folder import FolderInUse, ForeignFolder, NotACourse
from grader.course.marks import ABOUT
from grader.errors import UnwritableOutput
from grader.submissions.intake.student_submission import StudentSubmission, SubmittedFile
from grader.submissions.student import Student


def handed(key: str, **files: str) -> StudentSubmission:
    held = tuple(SubmittedFile(f"{name}.py", text.encode()) for name, text in files.items())
    return StudentSubmission(Student(key), held)


def files_in(root: Path) -> dict[str, str]:
    return {
        file.relative_to(root).as_posix(): file.read_text()
        for file in root.rglob("*")
        if file.is_file()
    }


def test_a_folder_with_something_else_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("x")

    with pytest.raises(ForeignFolder, match=r"is not empty, and not the folder of a course$"):
        folder.make(tmp_path)

    assert files_in(tmp_path) == {"thesis.tex": "x"}


def test_a_beginning_that_was_interrupted_is_ours(tmp_path: Path) -> None:
    folder.make(tmp_path)

    folder.make(tmp_path)

    assert not (tmp_path / ABOUT).exists()


def test_a_file_in_its_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")

    with pytest.raises(UnwritableOutput, match="cannot write"):
        folder.make(tmp_path / "out")


def test_a_folder_that_is_no_course_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotACourse, match="holds no course"):
        folder.about(tmp_path)


def test_what_is_handed_in_lies_there_and_what_is_gone_does_not(tmp_path: Path) -> None:
    folder.make(tmp_path)
    folder.lay_out(tmp_path, [handed("ant", value="1", old="2"), handed("bee", value="3")])

    folder.lay_out(tmp_path, [handed("ant", value="4")])

    assert files_in(tmp_path / folder.SUBMISSIONS) == {"ant/value.py": "4"}


def test_a_name_that_leads_elsewhere_is_written_nowhere(tmp_path: Path) -> None:
    folder.make(tmp_path / "out")
    evil = StudentSubmission(
        Student("ant"), (SubmittedFile("../../../evil.py", b"x"), SubmittedFile("value.py", b"1"))
    )

    folder.lay_out(tmp_path / "out", [evil])

    assert files_in(tmp_path) == {"out/submissions/ant/value.py": "1"}


def test_two_runs_never_write_into_one_folder(tmp_path: Path) -> None:
    taken = r"is being written by another `grade batch`$"

    with folder.lock(tmp_path), pytest.raises(FolderInUse, match=taken), folder.lock(tmp_path):
        raise AssertionError("both are in")

    with folder.lock(tmp_path):
        pass


def test_what_a_system_leaves_among_the_submissions_stops_nobody(tmp_path: Path) -> None:
    folder.make(tmp_path)
    stray, outside = tmp_path / "submissions" / ".DS_Store", tmp_path / "outside"
    stray.write_text("x")
    outside.mkdir()
    (tmp_path / "submissions" / "link").symlink_to(outside)

    folder.lay_out(tmp_path, [handed("ant", a="x")])
    folder.lay_out(tmp_path, [handed("bee", b="x")])

    assert stray.exists()
    assert outside.exists()
    assert not (tmp_path / "submissions" / "ant").exists()
    assert (tmp_path / "submissions" / "bee" / "b.py").exists()


def test_marks_of_another_exercise_are_not_lost_by_chance(tmp_path: Path) -> None:
    told = {"schema": folder.SCHEMA, "exercises": ["my475/ex9", "my475/ex10"]}
    (tmp_path / ABOUT).write_text(json.dumps(told), encoding="utf-8")

    with pytest.raises(
        folder.OtherExercises, match="holds the marks of my475/ex9, which"
    ) as raised:
        folder.see_that_none_is_lost(tmp_path, ["my475/ex10", "my475/ex11"])

    assert "--instead" in raised.value.hint
    folder.see_that_none_is_lost(tmp_path, ["my475/ex9", "my475/ex10", "my475/ex11"])
    folder.see_that_none_is_lost(tmp_path / "new", ["my475/ex11"])
