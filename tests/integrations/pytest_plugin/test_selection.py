"""Pytest runs the checks that are named, and nothing of what was handed in."""

import shutil

import pytest

from tests.places import SAMPLES

pytest_plugins = ["pytester"]
MINUS = SAMPLES / "minus.py"


def graded(place: pytest.Pytester, *words: str) -> pytest.RunResult:
    return place.runpytest_inprocess(
        "--grade", "my475/ex9", "--submission", "value.py", "-p", "no:cacheprovider", *words
    )


HOSTILE = """
open('ran', 'w').close()
def test_all(): pass
"""


@pytest.mark.parametrize("way", ["../value.py", "sub/../../value.py", "link.py"])
def test_the_submission_is_never_imported_whatever_leads_to_it(
    place: pytest.Pytester, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (place.path / "value.py").open("a") as file:
        file.write("import sys; assert 'pytest' not in sys.modules\n")
    (place.path / "work" / "sub").mkdir(parents=True)
    (place.path / "work" / "link.py").symlink_to(place.path / "value.py")

    monkeypatch.chdir(place.path / "work")

    done = place.runpytest_inprocess("--grade", "my475/ex9", "--submission", way)

    done.assert_outcomes(passed=3, failed=1, skipped=1)


@pytest.mark.parametrize("words", [[], ["h/value.py::my475/ex9::minus_gradients"], ["."]])
def test_nothing_beside_the_submission_is_run_by_pytest(
    place: pytest.Pytester, words: list[str]
) -> None:
    folder = place.mkdir("h")
    shutil.copy(MINUS, folder / "value.py")
    for name in ("conftest", "__init__", "test_value"):
        (folder / f"{name}.py").write_text(HOSTILE, encoding="utf-8")

    done = graded(place, "--submission", "h", *words)

    assert done.parseoutcomes()["failed"] == 1
    assert not (place.path / "ran").exists()


SELECTED = [
    (["value.py::my475/ex9::power_values"], {"passed": 1}),
    (["value.py::my475/ex9"], {"passed": 3, "failed": 1, "skipped": 1}),
    (["test_mine.py", "value.py::my475/ex9::power_values"], {"passed": 2}),
    (["value.py::my475/ex9::power_values", "-n", "1", "-p", "xdist"], {"passed": 1}),
]


@pytest.mark.parametrize(("words", "outcomes"), SELECTED)
def test_a_check_is_run_by_its_id(
    place: pytest.Pytester, words: list[str], outcomes: dict[str, int]
) -> None:
    graded(place, *words).assert_outcomes(**outcomes)


def test_an_id_that_is_none_is_said(place: pytest.Pytester) -> None:
    done = graded(place, "value.py::my475/ex9::power")

    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines(["ERROR: no check my475/ex9::power in value.py"])


@pytest.mark.parametrize(
    ("words", "outcomes"),
    [
        (["test_mine.py::test_mine"], {"passed": 1}),
        (["test_mine.py", "-n", "1", "-p", "xdist"], {"passed": 1}),
        (["student/value.py::my475/ex9::power_values"], {"passed": 1}),
        (["."], {"passed": 4, "failed": 1, "skipped": 1}),
    ],
)
def test_with_settings_in_a_file_other_tests_run_by_themselves(
    place: pytest.Pytester, words: list[str], outcomes: dict[str, int]
) -> None:
    shutil.copy(MINUS, place.mkdir("student") / "value.py")
    place.makeini("[pytest]\ngrade_exercises = my475/ex9\ngrade_submission = student/value.py\n")

    place.runpytest_inprocess(*words).assert_outcomes(**outcomes)


def test_a_path_in_a_file_of_settings_is_relative_to_it(
    place: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.makeini("[pytest]\ngrade_exercises = my475/ex9\ngrade_submission = value.py\n")
    monkeypatch.chdir(place.mkdir("below"))

    done = place.runpytest_inprocess()

    done.assert_outcomes(passed=3, failed=1, skipped=1)


@pytest.mark.parametrize("name", ["value[1].py", "w[1]/value.py", "a::b.py"])
def test_a_file_may_be_called_anything(place: pytest.Pytester, name: str) -> None:
    (place.path / name).parent.mkdir(exist_ok=True)
    shutil.copy(MINUS, place.path / name)
    words = ["--grade", "my475/ex9", "--submission", name]

    place.runpytest_inprocess(*words, f"{name}::my475/ex9::power_values").assert_outcomes(passed=1)
