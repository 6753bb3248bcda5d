"""Exercises are loaded once, and read anew when that is asked for."""

import shutil
from pathlib import Path

from grader.engines.own_folders import EXERCISES
from grader.service.exercises import ExerciseShelf, exercises_named

EX9 = "my475/ex9"


def shelf_in(folder: Path) -> ExerciseShelf:
    shutil.copytree(Path(EXERCISES, "my475", "09_ex9"), folder / "my475" / "09_ex9")
    return ExerciseShelf((folder,), "limits")


def test_a_change_counts_from_when_the_exercises_are_read_anew(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    before = shelf.title(EX9), shelf.stamp(EX9, 1), shelf.task(EX9)
    settings = tmp_path / "my475" / "09_ex9" / "exercise.toml"
    settings.write_text(settings.read_text().replace("Subtraction", "Subtractions"))
    (settings.parent / "prompt.md").write_text("# New\n\n<b>bold</b>\n")

    assert (shelf.title(EX9), shelf.stamp(EX9, 1), shelf.task(EX9)) == before
    shelf.reload()

    assert shelf.title(EX9) == "Subtractions and powers"
    assert shelf.stamp(EX9, 1) != before[1]
    assert "&lt;b&gt;bold&lt;/b&gt;" in shelf.task(EX9)


def test_what_is_broken_is_looked_for_once_and_anew_when_that_is_asked_for(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    checks = tmp_path / "my475" / "09_ex9" / "checks.py"
    whole = checks.read_text()
    checks.write_text("no python")

    (says,) = shelf.broken()
    checks.write_text(whole)

    assert "checks.py" in says
    assert shelf.broken() == (says,)
    shelf.reload()
    assert shelf.broken() == ()


def test_a_seed_is_part_of_the_stamp(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)

    assert shelf.stamp(EX9, 1) != shelf.stamp(EX9, 2)


def test_tracks_and_exercises_are_named_in_one_go(tmp_path: Path) -> None:
    shelf_in(tmp_path)

    assert exercises_named(("my475", "ex9"), (tmp_path,)) == [EX9]
