"""`grade verify` proves exercises, and says line by line what falls short."""

import json
from pathlib import Path

import pytest

from grader.cli.main import run
from tests.authored import ABOUT, exercise
from tests.typed import typed

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


def test_answers_that_are_not_recorded_are_said_with_the_command(
    course: Path, capsys: Captured
) -> None:
    assert run(["one", "value.py", "--exercises", "course"]) == 3

    error, hint = capsys.readouterr().err.splitlines()
    assert error.startswith("Error: ")
    assert "torch.json: cannot be read: " in error
    assert hint == "Hint: record it again: grade verify demo/one --record --exercises course"


def test_recording_writes_torch_s_answers_to_every_program(course: Path) -> None:
    recorded(course)

    held = json.loads((course / "demo" / "01_one" / "torch.json").read_text(encoding="utf-8"))
    assert held["oracle"].startswith("torch ")
    assert len(held["answers"]) == 2  # the advisory asks what a check asks


def test_what_falls_short_is_said_from_what_is_undecided_to_what_is_not_recorded(
    course: Path, capsys: Captured
) -> None:
    pytest.importorskip("torch", reason="torch is not installed: one oracle is missing")
    assert run(["new", "demo/two", "--exercises", "course"]) == 0
    capsys.readouterr()

    assert run(["verify", "demo/two", "--exercises", "course"]) == 1

    lines = capsys.readouterr().out.splitlines()
    said = [line.partition(": ")[2] for line in lines if line.startswith("demo/two: ")]
    assert said[0] == (
        "course/demo/02_two/exercise.toml:1: decide what the list and the report call it"
    )
    assert said[-3:] == [
        "the starter scores 1, and 0 is given",
        "mutants.py lists no mutant, so nothing shows what the checks catch",
        "torch's answers are not recorded: verify it again with --record",
    ]
    assert lines[-1].startswith("1 of 1 fall short: 1 exercise, 0 mutants")


def test_several_exercises_are_proven_at_once_and_told_in_their_order(course: Path) -> None:
    pytest.importorskip("torch", reason="torch is not installed: one oracle is missing")
    exercise(course, "demo/02_two", solution=ADDS, exercise=FIRST)

    rows = {}
    for jobs in ("1", "2"):
        done = typed("verify", "demo", "--exercises", "course", "--record", "--jobs", jobs)
        rows[jobs] = [line.split()[:3] for line in done.stdout.splitlines()]
        assert done.stderr == ""

    assert rows["1"] == rows["2"]
    assert [row[0] for row in rows["2"][1:3]] == ["demo/one", "demo/two"]


def test_what_breaks_in_another_process_is_said_like_anything_else(course: Path) -> None:
    pytest.importorskip("torch", reason="torch is not installed: one oracle is missing")
    exercise(course, "demo/02_two", solution="class Value:\n    1 + 1\n", exercise=FIRST)
    (course / "demo" / "01_one" / "torch.json").write_text("{}", encoding="utf-8")

    done = typed("verify", "demo", "--exercises", "course", "--jobs", "2")

    error, hint = done.stderr.splitlines()
    assert done.returncode == 3
    assert error.endswith("torch.json: cannot be read: 'oracle'")
    assert hint == "Hint: record it again: grade verify demo/one --record --exercises course"
