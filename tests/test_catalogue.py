"""Exercises are found by their names, and a contradiction in one is its author's error."""

from pathlib import Path

import pytest

from grader import catalogue
from grader.catalogue import FILES, Entry
from grader.errors import AmbiguousExercise, BrokenExercise, TrackNotExercise, UnknownExercise
from grader.exercise import Mutant

ABOUT = """\
title = "Sums"
points = 3
given = 1
after = ["zero"]
taught = ["add", "numbers"]
accepts = { __pow__ = ["__power__", "power"] }
"""
CHECKS = '''\
from grader import advisory, check


@check(points=1)
def adds(Value):
    """Addition adds.

    Nothing else.
    """
    return {"sum": (Value(1.0) + Value(2.0)).data}


@check(points=2, after=adds, visibility="hidden")
def twice(Value):
    """A value can be added to itself"""
    a = Value(1.0)
    return {"sum": (a + a).data}


@advisory(says="addition starts at the right", when="differs")
def direction(Value):
    return {"sum": (Value(1.0) + Value(2.0)).data}
'''
MUTANTS = """\
from grader import Mutant

MUTANTS = [Mutant("A1", "minus", "+", "-", "The sum subtracts.", "What is 1 + 2?")]
"""
CONTENTS = {
    "exercise.toml": ABOUT,
    "prompt.md": "# Sums\n\nAdd größer numbers.\n",
    "starter.py": "class Value:\n    ...\n",
    "solution.py": "class Value:\n    pass\n",
    "checks.py": CHECKS,
    "mutants.py": MUTANTS,
}


def exercise(home: Path, path: str = "demo/01_one", **changed: str) -> Entry:
    """Write an exercise below `home`, some of its files otherwise than usual."""
    folder = home / path
    folder.mkdir(parents=True)
    for name, content in (CONTENTS | {by_name(key): text for key, text in changed.items()}).items():
        (folder / name).write_text(content, encoding="utf-8")
    track, _, number_and_name = path.partition("/")
    return Entry(track, number_and_name.partition("_")[2], folder)


def by_name(key: str) -> str:
    return next(name for name in FILES if name.partition(".")[0] == key)


def places(home: Path, *paths: str) -> Path:
    for path in paths:
        (home / path).mkdir(parents=True)
    return home


def test_exercises_come_track_by_track_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    home = places(tmp_path, "sri/1_a", "my475/10_ex10", "my475/09_ex9", "my475/2_ex2")

    found = [entry.path for entry in catalogue.entries(home)]

    assert found == ["my475/ex2", "my475/ex9", "my475/ex10", "sri/a"]


def test_what_is_no_numbered_folder_of_a_track_is_no_exercise(tmp_path: Path) -> None:
    home = places(tmp_path, "demo/01_one", "demo/variants", "demo/__pycache__", "demo/02 x", "03_x")
    (home / "README.md").write_text("")
    (home / "demo" / "04_file").write_text("")

    assert catalogue.entries(home) == [Entry("demo", "one", home / "demo" / "01_one")]


@pytest.mark.parametrize("name", ["ex9", "my475/ex9"])
def test_an_exercise_is_found_by_its_full_name_and_by_a_unique_short_one(
    tmp_path: Path, name: str
) -> None:
    home = places(tmp_path, "my475/01_ex1", "my475/09_ex9", "sri/01_engine")

    assert catalogue.find(name, home).path == "my475/ex9"


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
    home = places(tmp_path, "my475/01_ex1", "my475/09_ex9", "sri/01_engine")

    with pytest.raises(UnknownExercise, match=f"^no exercise named '{name}'$") as e:
        catalogue.find(name, home)

    assert e.value.hint == f"did you mean {near}? See `grade list`"


def test_a_name_like_no_other_is_answered_with_the_list(tmp_path: Path) -> None:
    with pytest.raises(UnknownExercise, match=r"^no exercise named 'homework'$") as e:
        catalogue.find("homework", places(tmp_path, "my475/01_ex1"))

    assert e.value.hint == "see `grade list`"


def test_a_short_name_of_two_tracks_needs_its_track(tmp_path: Path) -> None:
    home = places(tmp_path, "my475/01_intro", "sri/01_intro")

    with pytest.raises(
        AmbiguousExercise, match=r"^'intro' could be my475/intro or sri/intro$"
    ) as e:
        catalogue.find("intro", home)

    assert e.value.hint == "write the track too: grade my475/intro"
    assert catalogue.find("sri/intro", home).track == "sri"


def test_a_track_s_name_is_no_exercise_s(tmp_path: Path) -> None:
    home = places(tmp_path, "my475/01_ex1", "my475/02_ex2")

    with pytest.raises(TrackNotExercise, match=r"^my475 is a track of 2 exercises$") as e:
        catalogue.find("my475", home)

    assert e.value.hint == "name one: my475/ex1"


def test_after_an_exercise_comes_the_next_of_its_track(tmp_path: Path) -> None:
    home = places(tmp_path, "my475/01_ex1", "my475/02_ex2", "sri/01_engine")
    first, second, other = catalogue.entries(home)

    assert catalogue.following(first, home) == second
    assert catalogue.following(second, home) is None
    assert catalogue.following(other, home) is None


def test_an_exercise_is_loaded_as_its_files_say(tmp_path: Path) -> None:
    entry = exercise(tmp_path)

    loaded = catalogue.load(entry)

    adds, twice = loaded.checks
    assert loaded.path == "demo/one"
    assert (loaded.title, loaded.points, loaded.given) == ("Sums", 3.0, 1.0)
    assert (loaded.after, loaded.taught) == (("zero",), ("add", "numbers"))
    assert loaded.accepts == {"__pow__": ("__power__", "power")}
    assert (adds.id, adds.title, adds.points, adds.after) == ("adds", "Addition adds", 1, ())
    assert (twice.title, twice.after) == ("A value can be added to itself", (adds,))
    assert (adds.visibility, twice.visibility) == ("public", "hidden")
    assert [advisory.says for advisory in loaded.advisories] == ["addition starts at the right"]
    assert list(loaded.asks()) == ["adds", "twice", "direction"]


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


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_missing_is_named(tmp_path: Path, name: str) -> None:
    entry = exercise(tmp_path)
    (entry.folder / name).unlink()

    with pytest.raises(BrokenExercise, match=rf"01_one: {name} is missing$") as e:
        catalogue.load(entry)

    assert e.value.hint == f"an exercise has {', '.join(FILES)}"


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    entry = exercise(tmp_path)
    (entry.folder / "prompt.md").write_bytes(b"gr\xf6\xdfer")

    with pytest.raises(BrokenExercise, match=r"prompt\.md: cannot be read: 'utf-8' codec") as e:
        catalogue.prompt(entry)

    assert e.value.hint == "save it as UTF-8"


BROKEN_ABOUT = [
    ("title = ", "Invalid value", "see exercises/README.md"),
    ("points = 3", "title is missing", 'title = "…"'),
    ('title = "Sums"', "points is missing", "points = …"),
    ("title = 3\npoints = 3", "title is of the wrong type", 'title = "…"'),
    ('title = "Sums"\npoints = "three"', "points is of the wrong type", "points = …"),
    (ABOUT.replace("given = 1", 'given = ""'), "given is of the wrong type", "given = …"),
    (ABOUT.replace('["zero"]', '"zero"'), "after is of the wrong type", 'after = ["…"]'),
    (
        ABOUT.replace('["add", "numbers"]', '"add"'),
        "taught is of the wrong type",
        'taught = ["…"]',
    ),
    (
        'title = "Sums"\npoints = 3\naccepts = ["power"]',
        "accepts is of the wrong type",
        'accepts = { __pow__ = ["…"] }',
    ),
    (
        'title = "Sums"\npoints = 3\naccepts = { __pow__ = "power" }',
        "accepts.__pow__ is not a list",
        '__pow__ = ["power"]',
    ),
]


@pytest.mark.parametrize(("about", "says", "hint"), BROKEN_ABOUT)
def test_an_exercise_toml_of_another_form_is_refused(
    tmp_path: Path, about: str, says: str, hint: str
) -> None:
    entry = exercise(tmp_path, exercise=about)

    with pytest.raises(BrokenExercise, match=rf"exercise\.toml: {says}") as e:
        catalogue.load(entry)

    assert e.value.hint == hint


BROKEN_CHECKS = [
    ("1 / 0\n", " does not run: ZeroDivisionError: division by zero", "run `python` on it"),
    ("def broken(:\n", " does not run: SyntaxError: ", "run `python` on it"),
    ("import nothing_of_this_name\n", " does not run: ModuleNotFoundError: ", "run `python` on it"),
    ("", ": has no check", "see exercises/README.md"),
    (CHECKS.replace("@check(points=1)\n", ""), " does not run: ", "run `python` on it"),
    (
        CHECKS.replace('"""A value can be added to itself"""', "pass"),
        ": the check twice has no docstring",
        "its first line is what the student reads",
    ),
    (
        CHECKS + "\nagain = adds\n",
        ": two checks are called adds",
        "rename one",
    ),
    (
        CHECKS + "\ndel adds\n",
        ": the check twice comes after adds, which is not here",
        "name a check of this file",
    ),
    (
        CHECKS.replace("after=adds", "after=['adds']"),
        ": the check twice comes after adds, which is not here",
        "name a check of this file",
    ),
    (
        CHECKS.replace("points=2", "points=2.5"),
        ": the checks' points add up to 3.5, exercise.toml says 3",
        "change one of them",
    ),
]


@pytest.mark.parametrize(("checks", "says", "hint"), BROKEN_CHECKS)
def test_checks_that_contradict_themselves_are_refused(
    tmp_path: Path, checks: str, says: str, hint: str
) -> None:
    entry = exercise(tmp_path, checks=checks)

    with pytest.raises(BrokenExercise) as e:
        catalogue.load(entry)

    assert e.value.message.startswith(f"{entry.folder / 'checks.py'}{says}")
    assert e.value.hint == hint


def test_points_may_be_fractions_that_add_up(tmp_path: Path) -> None:
    halves = CHECKS.replace("points=1", "points=0.1").replace("points=2", "points=0.2")
    entry = exercise(tmp_path, checks=halves, exercise='title = "Sums"\npoints = 0.3')

    assert catalogue.load(entry).points == 0.3


BROKEN_MUTANTS = [
    ("", ": defines no MUTANTS", "MUTANTS = [Mutant(…), …]"),
    ("MUTANTS = []\n", ": defines no MUTANTS", "MUTANTS = [Mutant(…), …]"),
    ("MUTANTS = 3\n", ": defines no MUTANTS", "MUTANTS = [Mutant(…), …]"),
    ("MUTANTS = ['A1']\n", ": defines no MUTANTS", "MUTANTS = [Mutant(…), …]"),
    (MUTANTS + "MUTANTS *= 2\n", ": two mutants are called A1", "rename one"),
    ("MUTANTS = [1 / 0]\n", " does not run: ZeroDivisionError: ", "run `python` on it"),
]


@pytest.mark.parametrize(("mutants", "says", "hint"), BROKEN_MUTANTS)
def test_mutants_that_contradict_themselves_are_refused(
    tmp_path: Path, mutants: str, says: str, hint: str
) -> None:
    entry = exercise(tmp_path, mutants=mutants)

    with pytest.raises(BrokenExercise) as e:
        catalogue.mutants(catalogue.load(entry))

    assert e.value.message.startswith(f"{entry.folder / 'mutants.py'}{says}")
    assert e.value.hint == hint


def test_every_exercise_that_comes_with_grade_can_be_loaded() -> None:
    loaded = [catalogue.load(entry) for entry in catalogue.entries()]

    assert loaded
    assert all(catalogue.mutants(exercise) for exercise in loaded)
