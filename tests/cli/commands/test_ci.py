"""`grade ci` at a terminal: what it says, writes and ends with."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from nbformat import write
from nbformat.v4 import new_code_cell, new_notebook

from grader.cli.main import run
from grader.sandbox.survey import strongest_tier
from tests.places import ROOT, SAMPLES
from tests.reports.vendor_rules import RUNNER, classroom50_of_text

MINUS = (SAMPLES / "minus.py").read_text(encoding="utf-8")
TIERS = sorted({"limits", strongest_tier()})
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


def test_outside_of_any_ci_it_tells_what_it_would_do_and_grades(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(SAMPLES / "right.py", "value.py")

    assert run(["ci", "ex9", "--walls", "limits"]) == 0

    said = capsys.readouterr()
    assert said.err.startswith("This is no CI that is known; in one, `grade ci` does what that")
    for name in ("GitHub Actions", "Classroom 50", "GitLab CI", "Gradescope"):
        assert f"\n  {name} " in said.err
    assert said.out.startswith("my475/ex9  Subtraction and powers")


def test_a_file_among_the_exercises_is_told_its_place(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("value.py").write_text(MINUS, encoding="utf-8")

    assert run(["ci", "ex9", "value.py"]) == 2

    said = capsys.readouterr().err
    assert "value.py is no exercise: --path value.py grades that file" in said


@pytest.mark.parametrize(
    ("words", "status"),
    [([], 1), (["--fail-under", "60%"], 0), (["--fail-under", "61%"], 1), (["--fail-under=3"], 0)],
)
def test_how_much_is_enough_can_be_said(place: Path, words: list[str], status: int) -> None:
    Path("value.py").write_text(MINUS, encoding="utf-8")

    assert run(["ci", "ex9", "--walls", "limits", *words]) == status


def test_several_exercises_are_graded_in_one_run(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("value.py").write_text(MINUS, encoding="utf-8")

    assert run(["ci", "ex9", "my475/ex10", "--walls", "limits", "--report", "junit=j.xml"]) == 1

    assert capsys.readouterr().out.startswith("ex9, my475/ex10  2 exercises")
    assert Path("j.xml").read_text(encoding="utf-8").count("<testsuite ") == 2


def test_in_github_a_notebook_s_line_is_annotated_in_its_file_with_cell_and_line(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    cells = [new_code_cell(text) for text in ("import math", MINUS)]  # type: ignore[no-untyped-call]
    write(new_notebook(cells=cells), "nb.ipynb")  # type: ignore[no-untyped-call]
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(place))

    run(["ci", "ex9", "--walls", "limits"])

    said = capsysbinary.readouterr().out.decode()
    (error,) = (line for line in said.splitlines() if line.startswith("::error "))
    assert "::cell 2, line 48%0A" in error
    assert error.startswith("::error file=nb.ipynb,line=")
    number = int(error.partition("line=")[2].partition(",")[0])
    line = Path("nb.ipynb").read_text(encoding="utf-8").splitlines()[number - 1]
    assert line.strip() == '"            other.grad += out.grad\\n",'


def test_where_a_file_has_two_engines_one_is_named(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    both = "\n".join(MINUS.replace("Value", name) for name in ("Node", "Var"))
    Path("value.py").write_text(both, encoding="utf-8")

    assert run(["ci", "ex9", "--walls", "limits"]) == 4
    assert run(["ci", "ex9", "--walls", "limits", "--class", "Var", "--fail-under", "3"]) == 0

    assert "two classes could be the engine: Node, Var" in capsys.readouterr().out


def test_nothing_to_grade_ends_with_status_4(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["ci", "ex9", "--walls", "limits"]) == 4

    assert "✗ no script or notebook here" in capsys.readouterr().out


def test_a_threshold_that_is_none_is_said(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ci", "ex9", "--fail-under", "most"]) == 2

    assert "--fail-under most: that is neither points nor per cent" in capsys.readouterr().err


def classroom50(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in RUNNER.items():
        monkeypatch.setenv(name, value)


def test_exercises_of_the_student_s_are_not_taken(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("value.py").write_text(MINUS, encoding="utf-8")
    shutil.copytree(ROOT / "exercises" / "my475" / "01_ex1", "mine/ex9/01_easy")
    with Path("mine/ex9/01_easy/checks.py").open("a", encoding="utf-8") as checks:
        checks.write("open('pwned', 'w')\n")
    Path("pyproject.toml").write_text('[tool.grade]\nexercises = ["mine"]\n', encoding="utf-8")
    classroom50(monkeypatch)

    assert run(["ci", "ex9", "--walls", "limits"]) == 0

    result = classroom50_of_text(Path("result.json").read_text(encoding="utf-8"))
    assert (result["score"], result["max-score"]) == (3, 5)
    assert not Path("pwned").exists()


@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_a_result_that_was_committed_is_no_result(
    place: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    outside = place.parent / "outside"
    outside.write_text("kept", encoding="utf-8")
    for name in ("result.json", ".result.json.new", "release-body.md"):
        if kind == "link":
            Path(name).symlink_to(outside)
        elif kind == "folder":
            Path(name, "below").mkdir(parents=True)
        else:
            Path(name).write_text('{"score": 100}', encoding="utf-8")
    classroom50(monkeypatch)

    assert run(["ci", "ex99", "--walls", "limits"]) == 2
    assert not Path("result.json").exists()
    Path("value.py").write_text(MINUS, encoding="utf-8")
    assert run(["ci", "ex9", "--walls", "limits"]) == 0

    assert classroom50_of_text(Path("result.json").read_text(encoding="utf-8"))["score"] == 3
    assert not Path("result.json").is_symlink()
    assert outside.read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize("words", [[], ["--path", "value.py"], ["--path", "../checkout/value.py"]])
def test_a_link_out_of_the_checkout_is_not_graded(
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
) -> None:
    (place / "checkout").mkdir()
    (place / "solution.py").write_text("SECRET = (", encoding="utf-8")
    Path("checkout/value.py").symlink_to("../solution.py")
    monkeypatch.chdir(place / "checkout")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(place / "checkout"))

    assert run(["ci", "ex9", "--walls", "limits", *words]) == 4

    said = capsys.readouterr().out
    assert "value.py leads out of the folder that was handed in" in said
    assert "SECRET" not in said


def test_a_submission_is_read_once_so_that_what_is_graded_is_what_was_guarded(place: Path) -> None:
    (place / "value.py").write_text(MINUS, encoding="utf-8")
    code = """if True:
        import sys

        opened = []
        sys.addaudithook(lambda event, words: event == "open" and opened.append(str(words[0])))
        from grader.cli.main import run
        from grader.submissions.submission import find

        find("value.py", "ex9")
        once = opened.count("value.py")
        status = run(["ci", "ex9", "--walls", "limits", "--path", "value.py"])
        print(status, opened.count("value.py") / once)
    """

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "1 1.0"  # a Reader reads it, and nobody does it again


def test_a_checkout_behind_a_link_is_the_checkout(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "real").mkdir()
    (place / "real" / "value.py").write_text(MINUS, encoding="utf-8")
    (place / "link").symlink_to("real")
    monkeypatch.chdir(place / "link")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(place / "link"))

    assert run(["ci", "ex9", "--walls", "limits"]) == 1
    assert run(["ci", "ex9", "--walls", "limits", "--path", str(place / "real" / "value.py")]) == 1


def annotated(place: Path, monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    """Grade a file as in GitHub Actions."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    if "GITHUB_WORKSPACE" not in os.environ:
        monkeypatch.setenv("GITHUB_WORKSPACE", str(place))
    run(["ci", "ex9", "--walls", "limits", "--path", file])


BROKEN = "class Value:\n  def __init__(self, data\n    pass\n"


@pytest.mark.parametrize(
    ("source", "line"),
    [(BROKEN, 2), ("import sys\nsys.exit(3)\n", 2), ("x = 1\n\n1 / 0\n", 3)],
    ids=["syntax", "exit", "exception"],
)
def test_what_stops_a_submission_is_annotated_once_at_its_line(
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    source: str,
    line: int,
) -> None:
    Path("value.py").write_text(source, encoding="utf-8")

    annotated(place, monkeypatch, "value.py")

    (error,) = (one for one in capsys.readouterr().out.splitlines() if one.startswith("::error"))
    assert error.startswith(f"::error file=value.py,line={line},endLine={line},title=")


def test_a_cell_that_python_cannot_read_is_annotated_in_its_file(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cells = [new_code_cell(text) for text in ("import math", BROKEN)]  # type: ignore[no-untyped-call]
    write(new_notebook(cells=cells), "value.ipynb")  # type: ignore[no-untyped-call]
    text = Path("value.ipynb").read_text(encoding="utf-8")
    Path("value.ipynb").write_text(text, encoding="utf-8-sig")

    annotated(place, monkeypatch, "value.ipynb")

    line = next(n for n, one in enumerate(text.splitlines(), 1) if "def __init__" in one)
    said = capsys.readouterr().out
    assert f"::error file=value.ipynb,line={line},endLine={line}," in said
    assert "::cell 2, line 2%0A" in said


@pytest.mark.parametrize("name", ["new\nline, 100%: é.py", "👩\u200d🔬.py"])
def test_a_file_is_named_as_the_repository_names_it(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (place / "build").mkdir()
    Path(name).write_text(MINUS, encoding="utf-8")
    (place.parent / f"{place.name} link").symlink_to(place)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(place.parent / f"{place.name} link"))
    monkeypatch.chdir(place / "build")

    annotated(place, monkeypatch, f"../{name}")

    escaped = name.replace("%", "%25").replace("\n", "%0A").replace(":", "%3A").replace(",", "%2C")
    assert f"::error file={escaped},line=48," in capsys.readouterr().out


def test_a_summary_that_cannot_be_written_costs_nothing_else(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("value.py").write_text(MINUS, encoding="utf-8")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(place / "gone" / "summary"))
    monkeypatch.setenv("GITHUB_OUTPUT", str(place / "outputs"))

    assert run(["ci", "ex9", "--walls", "limits", "--fail-under", "0"]) == 0

    said = capsys.readouterr()
    assert "without a summary: cannot write" in said.err
    assert "::notice title=grade my475/ex9::3 of 5 points" in said.out
    assert "score<<" in (place / "outputs").read_text(encoding="utf-8")


def test_where_there_are_several_the_hint_is_for_whoever_handed_in(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.py", "b.py"):
        Path(name).write_text(MINUS, encoding="utf-8")

    assert run(["ci", "ex9", "--walls", "limits"]) == 4

    said = " ".join(capsys.readouterr().out.split())
    assert "hand in one script or notebook; whoever set this up can name it with --path" in said
    assert "with --path: grade ci ex9 --path a.py" in said


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize("words", [[], ["--path", "main.py"], ["--path", "."]])
def test_what_the_submission_imports_comes_along(
    place: Path, capsys: pytest.CaptureFixture[str], tier: str, words: list[str]
) -> None:
    shutil.copy(SAMPLES / "right.py", "value.py")
    Path("main.py").write_text("from value import Value\n", encoding="utf-8")

    assert run(["ci", "ex9", "--walls", tier, *words]) == 0
    assert "graded: main.py, which imports value.py" in capsys.readouterr().out


@pytest.mark.parametrize("where", ["hw3", "src", "a/b"])
def test_code_in_a_folder_of_a_checkout_is_found(
    place: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    handed_in = place / "gradescope" / "submission" / where
    handed_in.mkdir(parents=True)
    (place / "gradescope" / "results").mkdir()
    shutil.copy(SAMPLES / "right.py", handed_in / "VALUE.PY")
    monkeypatch.setenv("AUTOGRADER_ROOT", str(place / "gradescope"))

    assert run(["ci", "ex9", "--walls", "limits"]) == 0

    text = (place / "gradescope" / "results" / "results.json").read_text(encoding="utf-8")
    assert json.loads(text)["score"] == 5


@pytest.mark.parametrize(
    ("command", "fail_under"),
    [("ci", "60"), ("ci", "101%"), ("export", "6"), ("export", "150%")],
)
def test_a_threshold_that_nobody_reaches_is_an_error(
    place: Path, capsys: pytest.CaptureFixture[str], command: str, fail_under: str
) -> None:
    shutil.copy(SAMPLES / "right.py", "value.py")
    begins = ["ci", "ex9"] if command == "ci" else ["export", "ci", "ex9", "--to", "gitlab"]

    assert run([*begins, "--fail-under", fail_under]) == 2
    assert f"--fail-under {fail_under}: there are 5 points" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="every name is UTF-8 there")
@pytest.mark.parametrize("system", ["GITHUB_ACTIONS", "GITLAB_CI"])
def test_a_file_whose_name_is_not_utf_8_is_graded(
    place: Path, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    name = os.fsdecode(b"valu\xe9.py")
    (place / name).write_text(MINUS, encoding="utf-8")
    monkeypatch.setenv(system, "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(place))
    monkeypatch.setenv("GITHUB_OUTPUT", str(place / "outputs"))

    assert run(["ci", "ex9", "--walls", "limits", "--path", name]) == 1
