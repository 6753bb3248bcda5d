"""Exercises are found by their names, in every folder that holds some, and loaded."""

from pathlib import Path

import pytest

from grader.errors import BrokenExercise
from grader.exercises import catalogue
from grader.exercises.catalogue import (
    AmbiguousExercise,
    ExerciseEntry,
    TrackNotExercise,
    UnknownExercise,
)
from grader.exercises.check_recorder import record
from grader.exercises.exercise import Mutant
from grader.exercises.search_path import Folders
from tests.authored import CHECKS, CONTENTS, exercise


def homes_of(home: Path, *paths: str) -> Folders:
    for path in paths:
        (home / path).mkdir(parents=True)
    return (home,)


def test_exercises_come_track_by_track_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    homes = homes_of(tmp_path, "sri/1_a", "my475/10_ex10", "my475/09_ex9", "my475/2_ex2")

    found = [entry.path for entry in catalogue.entries(homes)]

    assert found == ["my475/ex2", "my475/ex9", "my475/ex10", "sri/a"]


def test_what_is_no_numbered_folder_of_a_track_is_no_exercise(tmp_path: Path) -> None:
    homes = homes_of(
        tmp_path, "demo/01_one", "demo/variants", "demo/__pycache__", "demo/02 x", "03_x"
    )
    (tmp_path / "README.md").write_text("")
    (tmp_path / "demo" / "04_file").write_text("")

    assert catalogue.entries(homes) == [ExerciseEntry("demo", "one", tmp_path / "demo" / "01_one")]


@pytest.mark.parametrize("name", ["ex9", "my475/ex9"])
def test_an_exercise_is_found_by_its_full_name_and_by_a_unique_short_one(
    tmp_path: Path, name: str
) -> None:
    homes = homes_of(tmp_path, "my475/01_ex1", "my475/09_ex9", "sri/01_engine")

    assert catalogue.find(name, homes).path == "my475/ex9"


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("exx9", "ex9"),
        ("my475/ex8", "my475/ex9"),
        ("enigne", "engine"),
        ("sri/engin", "sri/engine"),
    ],
)
def test_a_name_that_is_nearly_right_is_answered_with_the_nearest(
    tmp_path: Path, name: str, near: str
) -> None:
    homes = homes_of(tmp_path, "my475/01_ex1", "my475/09_ex9", "sri/01_engine")

    with pytest.raises(UnknownExercise, match=f"^no exercise named '{name}'$") as e:
        catalogue.find(name, homes)

    assert e.value.hint == f"did you mean {near}? See `grade list`"


def test_a_name_like_no_other_is_answered_with_the_list(tmp_path: Path) -> None:
    with pytest.raises(UnknownExercise, match=r"^no exercise named 'homework'$") as e:
        catalogue.find("homework", homes_of(tmp_path, "my475/01_ex1"))

    assert e.value.hint == "see `grade list`"


def test_a_short_name_of_two_tracks_needs_its_track(tmp_path: Path) -> None:
    homes = homes_of(tmp_path, "my475/01_intro", "sri/01_intro")

    with pytest.raises(
        AmbiguousExercise, match=r"^'intro' could be my475/intro or sri/intro$"
    ) as e:
        catalogue.find("intro", homes)

    assert e.value.hint == "write the track too: grade my475/intro"
    assert catalogue.find("sri/intro", homes).track == "sri"


def test_a_track_s_name_is_no_exercise_s(tmp_path: Path) -> None:
    homes = homes_of(tmp_path, "my475/01_ex1", "my475/02_ex2")

    with pytest.raises(TrackNotExercise, match=r"^my475 is a track of 2 exercises$") as e:
        catalogue.find("my475", homes)

    assert e.value.hint == "name one: my475/ex1"


def test_after_an_exercise_comes_the_next_of_its_track(tmp_path: Path) -> None:
    homes = homes_of(tmp_path, "my475/01_ex1", "my475/02_ex2", "sri/01_engine")
    first, second, other = catalogue.entries(homes)

    assert catalogue.next_entry(first, homes) == second
    assert catalogue.next_entry(second, homes) is None
    assert catalogue.next_entry(other, homes) is None


def test_an_exercise_is_loaded_as_its_files_say(tmp_path: Path) -> None:
    entry = exercise(tmp_path)

    loaded = catalogue.load(entry)

    adds, twice = loaded.checks
    assert loaded.path == "demo/one"
    assert (loaded.title, loaded.points, loaded.starter_points) == ("Sums", 3.0, 1.0)
    assert (loaded.after, loaded.taught) == (("zero",), ("add", "numbers"))
    assert loaded.accepts == {"__pow__": ("__power__", "power")}
    assert (adds.id, adds.title, adds.points, adds.after) == ("adds", "Addition adds", 1, ())
    assert (twice.title, twice.after) == ("A value can be added to itself", (adds,))
    assert (adds.visibility, twice.visibility) == ("public", "hidden")
    assert [advisory.says for advisory in loaded.advisories] == ["addition starts at the right"]
    assert list(loaded.functions()) == ["adds", "twice", "direction"]


def test_prompt_starter_solution_and_mutants_are_read_when_they_are_wanted(tmp_path: Path) -> None:
    entry = exercise(tmp_path)

    loaded = catalogue.load(entry)

    assert catalogue.prompt(entry) == CONTENTS["prompt.md"]
    assert catalogue.starter(entry) == CONTENTS["starter.py"]
    assert catalogue.solution(loaded) == CONTENTS["solution.py"]
    assert catalogue.mutants(loaded) == (
        Mutant("A1", "minus", "+", "-", "The sum subtracts.", "What is 1 + 2?"),
    )


def test_right_engines_in_other_styles_are_kept_with_the_track(tmp_path: Path) -> None:
    entry = exercise(tmp_path)
    (tmp_path / "demo" / "variants").mkdir()
    (tmp_path / "demo" / "variants" / "slots.py").write_text("class Value: ...\n")

    assert catalogue.variants(entry) == {"slots": "class Value: ...\n"}


def test_a_track_without_variants_has_none(tmp_path: Path) -> None:
    assert catalogue.variants(exercise(tmp_path)) == {}


def test_exercises_with_files_of_the_same_name_do_not_clash(tmp_path: Path) -> None:
    first = exercise(tmp_path, "demo/01_one")
    second = exercise(tmp_path, "demo/02_two", checks=CHECKS.replace("Addition adds.", "Other."))

    titles = [catalogue.load(entry).checks[0].title for entry in (first, second, first)]

    assert titles == ["Addition adds", "Other", "Addition adds"]


def test_every_exercise_that_comes_with_grade_can_be_loaded() -> None:
    loaded = [catalogue.load(entry) for entry in catalogue.entries()]

    assert loaded
    assert all(catalogue.mutants(exercise) for exercise in loaded)


@pytest.mark.parametrize("ends", ["raise SystemExit", "import sys\nsys.exit(0)", "exit()"])
@pytest.mark.parametrize("file", ["checks", "mutants"])
def test_a_file_that_ends_the_program_is_refused_with_the_line(
    tmp_path: Path, file: str, ends: str
) -> None:
    entry = exercise(tmp_path, **{file: f"x = 1\n{ends}\n"})

    with pytest.raises(BrokenExercise, match=rf"{file}\.py:\d: does not run: it ends the program"):
        catalogue.mutants(catalogue.load(entry))


def test_a_check_that_ends_the_program_is_refused_with_the_line(tmp_path: Path) -> None:
    entry = exercise(tmp_path, checks=CHECKS.replace('return {"sum"', 'exit(); return {"sum"', 1))

    with pytest.raises(BrokenExercise, match=r"checks\.py:\d+: the check adds raises SystemExit"):
        record(catalogue.load(entry).checks[0].function)
