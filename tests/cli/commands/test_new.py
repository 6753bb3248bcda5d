"""`grade new` begins an exercise, and says what is wrong with where and how."""

from pathlib import Path

import pytest

from grader.cli.main import run
from tests.authored import ABOUT, exercise

Captured = pytest.CaptureFixture[str]
ADDS = """\
class Value:
    def __init__(self, data):
        self.data = data

    def __add__(self, other):
        return Value(self.data + other.data)
"""
FIRST = ABOUT.replace('"zero"', "").replace('"add", "numbers"', "")


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with one exercise in its folder `course`."""
    exercise(tmp_path / "course", solution=ADDS, exercise=FIRST)
    (tmp_path / "value.py").write_text(ADDS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "course"


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (
            ["new", "abs", "--exercises", "course"],
            "'abs' cannot name an exercise",
            "write TRACK/NAME, each of letters, digits and underscores: demo/abs",
        ),
        (
            ["new", "demo/one", "--exercises", "course"],
            "demo/one exists already: course/demo/01_one",
            "choose another name",
        ),
        (
            ["new", "demo/two", "--exercises", "gone"],
            "no folder 'gone' with exercises",
            "check the name given to --exercises",
        ),
        (
            ["new", "demo/two"],
            "there is no folder 'exercises' here to write an exercise into",
            "say where: --exercises DIR, or make that folder",
        ),
        (
            ["list", "--exercises", "gone"],
            "no folder 'gone' with exercises",
            "check the name given to --exercises",
        ),
    ],
)
def test_an_author_s_slip_gets_one_line_and_a_hint(
    course: Path, capsys: Captured, words: list[str], message: str, hint: str
) -> None:
    assert run(words) == 2

    assert capsys.readouterr().err.splitlines() == [f"Error: {message}", f"Hint: {hint}"]


def test_a_new_exercise_goes_into_the_folder_exercises_if_there_is_no_other_word(
    course: Path, capsys: Captured
) -> None:
    (course.parent / "exercises").mkdir()

    assert run(["new", "mine/abs"]) == 0

    begun, todo = capsys.readouterr().out.splitlines()
    assert begun.startswith("mine/abs is begun in exercises/mine/01_abs: checks.py, exercise.toml")
    assert todo.endswith("grade verify mine/abs --exercises exercises")
    assert (course.parent / "exercises" / "mine" / "01_abs" / "checks.py").is_file()
