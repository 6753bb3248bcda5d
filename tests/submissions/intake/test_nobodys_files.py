"""What lies beside the submissions of a course and is nobody's gets no row, and is said."""

from pathlib import Path

import pytest

from grader.submissions.intake.nobodys_files import is_nobodys
from grader.submissions.intake.ownership import IntakeOptions
from grader.submissions.intake.take_in import take_in
from tests.submissions.intake.test_take_in import course


@pytest.mark.parametrize(
    "name",
    [
        *(
            "desktop.ini",
            "Desktop.INI",
            "Thumbs.db",
            "README.md",
            "readme",
            "README.txt",
            ".DS_Store",
        ),
        *("requirements.txt", "conftest.py", "setup.py", "index.html", "roster.csv", "marks.xlsx"),
        *("._value.py", "~$ann.docx", "pyproject.toml", ".vscode/", "venv/", "node_modules/"),
    ],
)
def test_a_file_of_a_system_or_of_the_teacher_is_nobody_s(name: str) -> None:
    assert is_nobodys(name)


@pytest.mark.parametrize(
    "name",
    [
        *("ann.py", "bob.ipynb", "cy.PY", "dan.zip", "eve.txt", "fay.pdf", "gus.docx", "hal"),
        *("ann/", "Readman.py", "tests.zip", "license to learn/"),
    ],
)
def test_what_a_student_may_have_handed_in_is_theirs(name: str) -> None:
    assert not is_nobodys(name)


def test_they_are_aside_and_said(tmp_path: Path) -> None:
    aside = ("README.md", "desktop.ini", "requirements.txt", ".vscode/settings.json")

    taken = take_in(course(tmp_path, "ann.py", "cy.PY", "eve.txt", *aside))

    assert [one.student.key for one in taken.handed] == ["ann", "cy", "eve.txt"]
    assert taken.refused == tuple(f"{name}: it is nobody's submission" for name in aside)


def test_what_people_say_is_a_folder_of_students_has_them_aside_too(tmp_path: Path) -> None:
    taken = take_in(course(tmp_path, "ann.py", "README.md"), IntakeOptions("folder"))

    assert [one.student.key for one in taken.handed] == ["ann"]


def test_a_student_s_own_readme_is_theirs(tmp_path: Path) -> None:
    taken = take_in(course(tmp_path, "ann/README.md", "ann/v.py", "bob/v.py"))

    assert [len(one.files) for one in taken.handed] == [2, 1]
