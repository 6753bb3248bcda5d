"""A course keeps its exercises where it likes, and says so once."""

from pathlib import Path

import pytest

from grader.exercises.search_path import OURS, BadSettings, NoHome, homes

LISTED = '[project]\nname = "x"\n\n[tool.grade]\nexercises = ["course"]\n'


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A project with a folder of exercises that its pyproject.toml lists."""
    (tmp_path / "course").mkdir()
    (tmp_path / "pyproject.toml").write_text(LISTED, encoding="utf-8")
    return tmp_path


def test_without_a_word_about_others_there_are_ours(tmp_path: Path) -> None:
    assert homes(here=tmp_path) == OURS


def test_a_project_s_folders_are_added_from_everywhere_below_it(course: Path) -> None:
    deep = course / "week1" / "ana"
    deep.mkdir(parents=True)

    assert homes(here=deep) == (OURS[0].resolve(), course / "course")


def test_a_project_that_has_nothing_to_do_with_grade_hides_none_above_it(course: Path) -> None:
    (course / "week1").mkdir()
    (course / "week1" / "pyproject.toml").write_text("[tool.ruff]\n[", encoding="utf-8")

    assert homes(here=course / "week1")[1:] == (course / "course",)


def test_a_folder_that_is_named_comes_before_a_project_s_and_none_twice(course: Path) -> None:
    (course / "mine").mkdir()

    found = homes([str(course / "mine"), str(course / "course")], here=course)

    assert found[1:] == (course / "mine", course / "course")


def test_a_folder_that_is_named_has_to_exist(tmp_path: Path) -> None:
    with pytest.raises(NoHome, match=r"^no folder 'gone' with exercises$") as e:
        homes(["gone"], here=tmp_path)

    assert e.value.hint == "check the name given to --exercises"


WRONG = [
    ('[tool.grade]\nexercises = ["gone"]', "2: exercises names 'gone', and there is no such "),
    ('[tool.grade]\n\nexercises = "course"', "3: exercises is no list of folders"),
    ("[tool.grade]\nexercises = [1]", "2: exercises is no list of folders"),
    ('[tool.grade]\nexercise = ["course"]', "2: [tool.grade] knows no 'exercise'"),
    ("[tool.grade]\nexercises = [", "2: Invalid value"),
    ("tool.grade = 3", "1: tool.grade is no table"),
]


@pytest.mark.parametrize(("settings", "says"), WRONG)
def test_settings_that_cannot_be_followed_are_named_with_their_line(
    tmp_path: Path, settings: str, says: str
) -> None:
    file = tmp_path / "pyproject.toml"
    file.write_text(settings, encoding="utf-8")

    with pytest.raises(BadSettings) as e:
        homes(here=tmp_path)

    assert e.value.message.startswith(f"{file}:{says}")
    assert e.value.hint == 'write [tool.grade] exercises = ["FOLDER"], relative to that file'
