"""`grade list` and `grade show` say what there is to do."""

import pytest

from grader.cli.main import run
from grader.exercises import catalogue

Captured = pytest.CaptureFixture[str]


def test_list_names_every_exercise_with_its_points(capsys: Captured) -> None:
    assert run(["list"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "dl4ds  5 exercises, 19 points"
    assert "my475  14 exercises, 54 points" in lines
    assert "scalar  8 exercises, 18 points" in lines
    assert "sri  5 exercises, 16 points" in lines
    named = [line.split()[0] for line in lines if line.startswith("  ")]
    assert named == [entry.name for entry in catalogue.entries()]
    assert lines[-2].startswith(f"all  {len(named)} exercises, ")
    assert max(map(len, lines)) <= 88


def test_list_names_one_track_without_a_sum_of_all(capsys: Captured) -> None:
    assert run(["list", "sri"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "sri  5 exercises, 16 points"
    assert len([line for line in lines if line.startswith("  ")]) == 5
    assert not [line for line in lines if line.startswith(("my475", "all"))]


def test_show_prints_the_task(capsys: Captured) -> None:
    assert run(["show", "ex9"]) == 0

    assert capsys.readouterr().out.startswith("# Subtraction and powers\n")


def test_show_of_a_track_is_an_overview(capsys: Captured) -> None:
    assert run(["show", "sri"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "sri  5 exercises, 16 points"
    assert len([line for line in lines if line.startswith("  ")]) == 5
    assert lines[-3:] == [
        "The first task: grade show sri/arithmetic",
        "A file to begin it in: grade start sri/arithmetic",
        "All of them at once: grade sri",
    ]
