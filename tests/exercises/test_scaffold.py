"""A new exercise can be loaded as it is written, and says where its author decides."""

from pathlib import Path

import pytest

from grader.errors import UnwritableOutput
from grader.exercises import catalogue
from grader.exercises.catalogue import ExerciseEntry
from grader.exercises.lint import lint
from grader.exercises.scaffold import BadName, ExerciseExists, open_decisions, scaffold
from grader.exercises.validation import FILES
from tests.authored import ABOUT, exercise


def begun(home: Path, path: str = "demo/two") -> ExerciseEntry:
    return scaffold(path, home, catalogue.entries((home,)))


def test_the_first_exercise_of_a_track_has_every_file_and_can_be_loaded(tmp_path: Path) -> None:
    entry = begun(tmp_path)

    assert entry == ExerciseEntry("demo", "two", tmp_path / "demo" / "01_two")
    assert {file.name for file in entry.folder.iterdir()} == set(FILES)
    assert lint(entry, [entry]).after == ()


def test_an_oracle_is_begun_that_both_engines_agree_on(tmp_path: Path) -> None:
    known = catalogue.entries((tmp_path,))

    entry = scaffold("demo/two", tmp_path, known, with_oracle=True)

    (softplus,) = lint(entry, [entry]).definitions
    assert softplus.name == "softplus"
    assert sum("oracle.py" in line for line in open_decisions(entry.folder)) == 3


def test_a_next_exercise_goes_on_from_the_last_one_of_its_track(tmp_path: Path) -> None:
    first = exercise(tmp_path, "demo/09_one", exercise=ABOUT.replace('"zero"', ""))

    entry = begun(tmp_path)

    loaded = catalogue.load(entry)
    assert entry.folder.name == "10_two"
    assert (loaded.after, loaded.taught) == (("one",), ("add", "numbers"))
    solved = catalogue.solution(catalogue.load(first))
    assert catalogue.starter(entry).startswith(solved)
    assert catalogue.solution(loaded).startswith(solved)


def test_every_file_says_where_to_decide_until_its_comment_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    entry = begun(tmp_path)
    first = open_decisions(entry.folder)

    (entry.folder / "prompt.md").write_text("# Two\n", encoding="utf-8")

    left = open_decisions(entry.folder)
    assert first[0] == ("demo/01_two/exercise.toml:1: decide what the list and the report call it")
    assert [line for line in first if line not in left] == [
        "demo/01_two/prompt.md:3: decide the task: what to build, what is graded, what is not asked"
    ]
    assert {Path(line.partition(":")[0]).name for line in first} == set(FILES)


def test_an_exercise_that_exists_is_left_as_it_is(tmp_path: Path) -> None:
    entry = exercise(tmp_path)

    with pytest.raises(ExerciseExists, match=r"^demo/one exists already: .*01_one$") as e:
        begun(tmp_path, "demo/one")

    assert e.value.hint == "choose another name"
    assert catalogue.load(entry).title == "Sums"


@pytest.mark.parametrize("path", ["abs", "demo/", "demo/a-b", "demo/a/b", "../abs", "demo/größe"])
def test_a_name_of_another_form_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(BadName, match=rf"^'{path}' cannot name an exercise$") as e:
        begun(tmp_path, path)

    assert e.value.hint.startswith("write TRACK/NAME, each of letters, digits and underscores")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("", encoding="utf-8")

    with pytest.raises(UnwritableOutput, match=r"^cannot write .*demo/01_two: "):
        begun(tmp_path)
