"""Who follows exercises/README.md ends with an exercise that holds."""

import re
import shlex
from pathlib import Path

import pytest

from grader.cli.main import run
from grader.exercises.validation import FILES
from tests.places import ROOT

README = ROOT / "exercises" / "README.md"
BLOCK = re.compile(r"^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
SECONDS = re.compile(r" +\d+(\.\d)? s\b")


def steps() -> list[tuple[str, str, str]]:
    """Every block: its kind, the file that the paragraph before it is about, its text."""
    text = README.read_text(encoding="utf-8")
    found = []
    for block in BLOCK.finditer(text):
        paragraph = text[: block.start()].rstrip().rpartition("\n\n")[2]
        names = [name for name in FILES if f"`{name}`" in paragraph]
        found.append((block["kind"], names[0] if names else "", block["text"]))
    return found


def test_following_the_five_steps_ends_in_an_exercise_that_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("torch", reason="torch is not installed: its answers cannot be recorded")
    monkeypatch.chdir(tmp_path)
    statuses, written = [], []

    for kind, name, text in steps():
        if kind == "sh":
            capsys.readouterr()
            statuses += [typed(line) for line in text.splitlines()]
        elif name:
            (tmp_path / "course" / "demo" / "01_abs" / name).write_text(text, encoding="utf-8")
            written.append(name)

    shown = next(text for kind, _, text in steps() if kind == "text")
    assert statuses == [0, 0, 1, 0]
    assert written == list(FILES)
    assert SECONDS.sub(" 0 s", capsys.readouterr().out) == SECONDS.sub(" 0 s", shown)


def typed(line: str) -> int:
    """Do what a line of the README says, and return its exit status."""
    command, *words = shlex.split(line)
    if command == "mkdir":
        Path(words[0]).mkdir()
        return 0
    assert command == "grade"
    return run(words)


def test_a_course_s_pyproject_may_be_written_as_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = next(text for kind, _, text in steps() if "[tool.grade]" in text)
    (tmp_path / "pyproject.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "course").mkdir()
    monkeypatch.chdir(tmp_path)

    assert run(["new", "demo/abs"]) == 0

    assert capsys.readouterr().out.splitlines()[0].startswith("demo/abs is begun in course/demo/01")
