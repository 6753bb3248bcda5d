"""The reference's tables of exercise.toml hold every key that is taken, in a form that is taken."""

import re
import tomllib
from pathlib import Path
from shutil import copytree

import pytest

from grader.cli.main import run
from tests.places import ROOT

PAGE = (ROOT / "docs" / "reference" / "exercise-toml.md").read_text(encoding="utf-8")
EXAMPLE = ROOT / "exercises" / "my475" / "01_ex1"
KEYS = dict(re.findall(r"^\| `(\w+)` \| `\w+ = (.+?)` \|", PAGE, re.MULTILINE))


@pytest.fixture
def toml(tmp_path: Path) -> Path:
    """The exercise.toml of an exercise that holds, with title and points alone."""
    copytree(EXAMPLE, tmp_path / "demo" / "01_ex1")
    file = tmp_path / "demo" / "01_ex1" / "exercise.toml"
    points = tomllib.loads(file.read_text(encoding="utf-8"))["points"]
    file.write_text(f'title = "A class"\npoints = {points}\n', encoding="utf-8")
    return file


def refused(toml: Path, line: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what is said of an exercise.toml with one line more; "" where nothing is."""
    usual = toml.read_text(encoding="utf-8")
    toml.write_text(f"{usual}{line}\n", encoding="utf-8")
    solution = str(toml.with_name("solution.py"))
    run(["demo/ex1", solution, "--exercises", str(toml.parent.parent.parent)])
    toml.write_text(usual, encoding="utf-8")
    return capsys.readouterr().err


def keys_below(heading: str) -> list[str]:
    """Return the keys of the table with this heading."""
    table = PAGE.partition(f"| {heading} |")[2].partition("\n\n")[0]
    return re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)


def test_every_key_has_its_line_and_no_other(
    toml: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(toml, "zzz = 1", capsys)

    assert list(KEYS) == said.partition("it may say ")[2].strip().split(", ")
    assert keys_below("key") == list(KEYS)


@pytest.mark.parametrize(("key", "said"), [("limits", "there are "), ("late", "it has ")])
def test_every_key_within_has_its_line_and_no_other(
    toml: Path, key: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    error = refused(toml, f"{key} = {{ zzz = 1 }}", capsys)

    assert keys_below(f"in `{key}`") == error.partition(said)[2].strip().split(", ")


@pytest.mark.parametrize("key", sorted(set(KEYS) - {"title", "points", "after", "given"}))
def test_every_example_is_taken_and_another_type_is_not(
    toml: Path, key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not refused(toml, f"{key} = {KEYS[key]}", capsys)

    assert f": {key} is " in refused(toml, f"{key} = 1979-05-27", capsys)
