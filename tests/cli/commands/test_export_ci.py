"""`grade export ci` writes what a place needs, once, and never a solution where students read."""

import shutil
import zipfile
from pathlib import Path

import pytest

from grader.cli.main import run
from tests.integrations.ci.stand_in import wheel
from tests.places import ROOT

PLACES = (
    "GITHUB_ACTIONS",
    "GITHUB_WORKSPACE",
    "GITLAB_CI",
    "CLASSROOM",
    "GITHUB_STEP_SUMMARY",
    "GITHUB_OUTPUT",
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in PLACES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AUTOGRADER_ROOT", str(tmp_path / "none"))
    return tmp_path


def test_a_bundle_is_written_once_and_never_over_a_file(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["export", "ci", "ex9", "--to", "github", "--install", "autograd-grader"]

    assert run(words) == 0
    assert run(words) == 2

    said = capsys.readouterr()
    assert said.out.startswith(".github/workflows/grade.yml is written: commit it to the students'")
    assert ".github/workflows/grade.yml exists already" in said.err


@pytest.mark.parametrize("system", ["github", "gitlab", "classroom50"])
def test_exercises_of_one_s_own_are_not_put_where_students_read_them(
    place: Path, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    own = ROOT / "exercises" / "my475" / "09_ex9"
    shutil.copytree(own, place / "home" / "mine" / "01_powers")

    words = ["export", "ci", "mine/powers", "--to", system, "--exercises", "home", "-o", "out"]
    assert run(words) == 2

    assert f"students can read what {system} runs" in capsys.readouterr().err
    assert not Path("out").exists()


def test_an_exercise_that_does_not_exist_is_said_now(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["export", "ci", "ex99", "--to", "github"]) == 2

    assert "no exercise named 'ex99'" in capsys.readouterr().err


def test_a_bundle_that_cannot_be_written_is_said(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("out").write_text("", encoding="utf-8")

    words = ["export", "ci", "ex9", "--to", "gitlab", "--install", "autograd-grader"]
    assert run([*words, "-o", "out"]) == 2

    assert "cannot write" in capsys.readouterr().err


def test_what_wheels_bring_is_installed_from_them(place: Path) -> None:
    wheel(Path("wheels"))

    assert run(["export", "ci", "ex9", "--to", "gradescope", "--wheels", "wheels"]) == 0

    with zipfile.ZipFile("autograder.zip") as made:
        assert b'"autograd-grader"' in made.read("setup.sh")
