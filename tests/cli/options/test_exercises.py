"""`--exercises DIR` adds a folder of exercises to every command, and a project may name one."""

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


def recorded(course: Path) -> None:
    """Let torch's answers to the course's one exercise be written down."""
    pytest.importorskip("torch", reason="torch is not installed: its answers cannot be recorded")
    run(["verify", "one", "--exercises", str(course), "--record"])


EVERYWHERE = [
    (["check", "one", "value.py"], "value.py · 3 of 3 points"),
    (["demo", "value.py"], "demo  1 exercise   "),
    (["list", "demo"], "demo  1 exercise, 3 points"),
    (["show", "one"], "# Sums"),
    (["start", "one", "-o", "begin.py"], "begin.py is written. The task: grade show one"),
]


@pytest.mark.parametrize(("words", "says"), EVERYWHERE, ids=lambda words: words[0])
def test_a_folder_of_exercises_can_be_named_on_every_command(
    course: Path, capsys: Captured, words: list[str], says: str
) -> None:
    recorded(course)
    capsys.readouterr()

    assert run([*words, "--exercises", "course"]) == 0

    assert says in capsys.readouterr().out


def test_without_the_option_an_exercise_elsewhere_is_unknown(
    course: Path, capsys: Captured
) -> None:
    assert run(["show", "demo/one"]) == 2

    assert "Error: no exercise named 'demo/one'" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["one"], ["one", "value.py"], ["demo"], ["one", "-f", "json"]])
def test_a_project_s_exercises_are_found_by_plain_words_and_by_others(
    course: Path, capsys: Captured, words: list[str]
) -> None:
    recorded(course)
    capsys.readouterr()
    project = '[tool.grade]\nexercises = ["course"]\n'
    (course.parent / "pyproject.toml").write_text(project, encoding="utf-8")

    assert run(words) == 0

    assert "demo" in capsys.readouterr().out


def test_an_exercise_that_is_there_twice_is_named_with_both_places(
    course: Path, capsys: Captured
) -> None:
    other = exercise(course.parent / "other")

    assert run(["list", "--exercises", "course", "--exercises", "other"]) == 3

    said = capsys.readouterr().err.splitlines()[0]
    assert said == "Error: other/demo/01_one: demo/one is there twice, also as course/demo/01_one"
    assert other.folder.is_dir()


def test_an_error_in_an_exercise_names_file_and_line_from_here(
    course: Path, capsys: Captured
) -> None:
    (course / "demo" / "01_one" / "exercise.toml").write_text('titel = "Sums"\n', encoding="utf-8")

    assert run(["verify", "one", "--exercises", "course"]) == 3

    assert capsys.readouterr().err.splitlines() == [
        "Error: course/demo/01_one/exercise.toml:1: no key is called 'titel'",
        "Hint: did you mean title?",
    ]
