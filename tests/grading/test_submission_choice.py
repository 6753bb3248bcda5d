"""Every command finds the submission in the same way, and proposes what can be pasted."""

import shlex
from pathlib import Path

import pytest

from grader.cli.main import run
from tests.places import SAMPLES

RIGHT = (SAMPLES / "right.py").read_text(encoding="utf-8")


def test_several_candidates_are_named_in_a_command_that_can_be_pasted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my work").mkdir()
    for number, name in enumerate(("ex8.py", "ex9.py", "hw (1).py")):
        text = f"{RIGHT}\nx = {number}\n"
        (tmp_path / "my work" / name).write_text(text, encoding="utf-8")

    assert run(["my475/ex9", "my work"]) == 2

    error, hint = capsys.readouterr().err.splitlines()
    named = shlex.split(error.partition("submission: ")[2].replace(",", ""))
    assert named == ["my work/ex9.py", "my work/ex8.py", "my work/hw (1).py"]
    words = shlex.split(hint.partition("name one: ")[2])
    assert words == ["grade", "my475/ex9", "my work/ex9.py"]
    assert run(words[1:]) == 0


def test_an_engine_that_several_scripts_import_is_graded_where_no_run_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "value.py").write_text(RIGHT, encoding="utf-8")
    for name in ("plots", "training"):
        (tmp_path / f"{name}.py").write_text(
            f"from value import Value\nname = {name!r}\n", encoding="utf-8"
        )

    assert run(["ex9"]) == 0
    assert "value.py · 5 of 5 points" in capsys.readouterr().out
    assert run(["ex12"]) == 2
    assert "three files here could be the submission" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["ex9"], ["my475/ex9"], ["my475"]])
def test_an_empty_folder_is_told_how_to_begin(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
) -> None:
    monkeypatch.chdir(tmp_path)

    assert run(words) == 4

    first = "my475/ex1" if words == ["my475"] else words[0]
    assert capsys.readouterr().err == (
        f"Error: no script or notebook here\nHint: begin with: grade start {first}\n"
    )


def test_a_module_that_is_imported_as_a_whole_has_the_engine(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "engine.py").write_text(RIGHT, encoding="utf-8")
    (tmp_path / "main.py").write_text("import lib.engine\n", encoding="utf-8")

    assert run(["ex9", str(tmp_path)]) == 0
    assert "graded: main.py, which imports lib/engine.py" in capsys.readouterr().out
