"""`grade start` writes a file to begin in, once."""

import json
import shlex
from pathlib import Path

import pytest

from grader.cli.main import run
from grader.exercises import catalogue
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


def test_a_notebook_to_begin_in_scores_what_the_starter_scores(
    course: Path, capsys: Captured
) -> None:
    for words in (["start", "ex9"], ["start", "ex9", "--notebook"]):
        path = "value.ipynb" if "--notebook" in words else "begin.py"
        assert run([*words, "-o", path]) == 0
    capsys.readouterr()

    reports = {}
    for path in ("begin.py", "value.ipynb"):
        assert run(["ex9", path, "-f", "json"]) == 1
        reports[path] = json.loads(capsys.readouterr().out)

    script, notebook = reports["begin.py"], reports["value.ipynb"]
    assert notebook["submission"]["kind"] == "notebook"
    assert notebook["score"] == script["score"] == 0
    assert [check["outcome"] for check in notebook["checks"]] == [
        check["outcome"] for check in script["checks"]
    ]


def test_a_notebook_is_written_once_and_never_over_another(course: Path, capsys: Captured) -> None:
    assert run(["start", "ex9", "--notebook"]) == 0
    begun = (course.parent / "value.ipynb").read_bytes()
    assert run(["start", "ex1", "--notebook"]) == 2

    captured = capsys.readouterr()
    assert "When it is done: grade ex9 value.ipynb" in captured.out
    assert "Error: value.ipynb exists already" in captured.err
    assert (course.parent / "value.ipynb").read_bytes() == begun


def test_start_writes_a_file_once_and_never_over_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)

    assert run(["start", "ex1"]) == 0
    assert run(["start", "ex1"]) == 2

    assert "class Value" in (tmp_path / "value.py").read_text(encoding="utf-8")
    assert "Error: value.py exists already" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["x.ipynb", "X.IPYNB"])
def test_a_notebook_s_name_makes_a_notebook(course: Path, capsys: Captured, name: str) -> None:
    assert run(["start", "ex9", "-o", name]) == 0

    written = json.loads((course.parent / name).read_text(encoding="utf-8"))
    assert written["nbformat"] == 4
    assert f"When it is done: grade ex9 {name}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (
            ["--notebook", "-o", "y.py"],
            "y.py is no name of a notebook",
            "write grade start ex9 -o y.ipynb",
        ),
        (
            ["-o", "my notes.txt"],
            "my notes.txt is no name of a script or a notebook",
            "write grade start ex9 -o 'my notes.py'",
        ),
    ],
)
def test_a_name_of_another_kind_is_refused(
    course: Path, capsys: Captured, words: list[str], message: str, hint: str
) -> None:
    assert run(["start", "ex9", *words]) == 2

    assert capsys.readouterr().err == f"Error: {message}\nHint: {hint}\n"
    assert not (course.parent / words[-1]).exists()


def test_a_folder_receives_the_usual_file(course: Path, capsys: Captured) -> None:
    (course.parent / "week 1").mkdir()

    assert run(["start", "ex9", "-o", "week 1"]) == 0

    assert (course.parent / "week 1" / "value.py").exists()
    assert "When it is done: grade ex9 'week 1/value.py'" in capsys.readouterr().out


def test_what_it_says_can_be_pasted(course: Path, capsys: Captured) -> None:
    (entry,) = catalogue.entries((course,))
    home = course.rename(course.with_name("my course"))

    assert run(["start", entry.path, "--exercises", str(home), "-o", "my value.py"]) == 0

    said = capsys.readouterr().out
    assert f"grade show {entry.path} --exercises 'my course'" in said
    command = said.splitlines()[-1].partition(": ")[2]
    words = shlex.split(command)
    assert words == ["grade", entry.path, "--exercises", "my course", "my value.py"]
    (home.parent / "my value.py").unlink()
    assert run(["start", *words[1:-1], "-o", words[-1]]) == 0
