"""`grade start` writes a file to begin in, once."""

import json
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
