"""What a submission may use, and what stands around it, as the command line and exercises say."""

import json
from pathlib import Path
from shutil import copytree

import pytest

from grader.cli.main import run
from grader.exercises import catalogue
from tests.sandbox.engines import inside
from tests.sandbox.test_zygote_pool import BEST

Captured = pytest.CaptureFixture[str]
LOOP = inside("__add__", "while True: pass")
EATS = inside("__add__", "held = []\nwhile True: held.append(bytearray(10**6))")
PRINTS = inside("__add__", "while True: print('x' * 1000)")
behind_walls = pytest.mark.skipif(BEST == "limits", reason="no walls can be built here")


def written(folder: Path, source: str) -> str:
    file = folder / "value.py"
    file.write_text(source, encoding="utf-8")
    return str(file)


@pytest.mark.parametrize(
    ("source", "words", "says"),
    [
        (LOOP, ["--time", "0.25"], "did not come to an end: stopped after 0.25 s of CPU"),
        (EATS, ["--memory", "60"], "raises MemoryError: used "),
        (PRINTS, ["--output", "7"], "printed without end: stopped after 7 kB"),
    ],
    ids=["time", "memory", "output"],
)
def test_a_limit_of_the_command_line_holds_and_is_named(
    tmp_path: Path, capsys: Captured, source: str, words: list[str], says: str
) -> None:
    assert run(["ex3", written(tmp_path, source), *words, "-f", "json"]) == 1

    (failed,) = [one for one in json.loads(capsys.readouterr().out)["checks"] if one["message"]]
    assert says in failed["message"]


def test_an_exercise_s_own_limit_holds_and_the_command_line_s_goes_before_it(
    tmp_path: Path, capsys: Captured
) -> None:
    folder = tmp_path / "course" / "mine" / "01_quiet"
    copytree(catalogue.find("ex3").folder, folder)
    with (folder / "exercise.toml").open("a", encoding="utf-8") as about:
        about.write("\n[limits]\noutput = 3\n")
    words = ["quiet", written(tmp_path, PRINTS), "--exercises", str(tmp_path / "course")]

    run(words)
    own = capsys.readouterr().out
    run([*words, "--output", "5"])
    other = capsys.readouterr().out

    assert "stopped after 3 kB" in own
    assert "stopped after 5 kB" in other


@pytest.mark.parametrize("option", ["--time", "--memory", "--output"])
def test_a_limit_of_nothing_is_refused(capsys: Captured, option: str) -> None:
    assert run(["ex3", "value.py", option, "0"]) == 2

    assert f"Invalid value for '{option}'" in capsys.readouterr().err


@behind_walls
def test_walls_are_named_in_the_report(tmp_path: Path, capsys: Captured) -> None:
    file = written(tmp_path, inside("__add__", "pass"))

    run(["ex9", file, "--walls", BEST])
    text = capsys.readouterr().out
    run(["ex9", file, "--walls", BEST, "-f", "json"])
    data = json.loads(capsys.readouterr().out)
    run(["ex9", file, "--walls", BEST, "-f", "markdown"])
    markdown = capsys.readouterr().out

    assert f"note  it ran behind walls of tier {BEST}" in text
    assert data["isolation"] == BEST
    assert f"it ran behind walls of tier {BEST}" in markdown


@behind_walls
def test_a_kernel_has_no_walls_and_says_so(tmp_path: Path, capsys: Captured) -> None:
    file = written(tmp_path, LOOP)

    assert run(["ex9", file, "--walls", BEST, "--kernel"]) == 2

    assert capsys.readouterr().err.startswith("Error: --kernel runs without walls\n")


@pytest.mark.parametrize(
    "words", [["--time", "inf"], ["--time", "nan"], ["--time", "1e308"], ["--memory", "9" * 30]]
)
def test_a_limit_that_nobody_can_mean_is_refused(capsys: Captured, words: list[str]) -> None:
    assert run(["ex9", "value.py", *words]) == 2

    assert f"Invalid value for '{words[0]}'" in capsys.readouterr().err
