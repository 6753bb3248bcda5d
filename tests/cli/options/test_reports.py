"""`-f VENDOR` and `--report FORMAT=PATH`, as a job in CI uses them."""

import json
import os
import shutil
import stat
from pathlib import Path
from xml.etree import ElementTree

import pytest

from grader.cli.main import run
from grader.cli.options.reports import NoReportFile, UnknownFormat, wanted
from grader.reports.formats import FORMATS
from tests.places import SAMPLES
from tests.reports.vendor_rules import RUNNER
from tests.test_architecture import loaded_by

RIGHT, MINUS = str(SAMPLES / "right.py"), str(SAMPLES / "minus.py")

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in RUNNER.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.usefixtures("runner")
def test_a_file_holds_what_stdout_would(format_: str, tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "report"

    assert run(["ex9", MINUS, "-f", "json", "--report", f"{format_}={file}"]) == 1

    assert json.loads(capsys.readouterr().out)["score"] == 3.0
    assert "ubtraction" in file.read_text() or format_ == "classroom-legacy"
    assert os.listdir(tmp_path) == ["report"]


@pytest.mark.usefixtures("runner")
@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_is_told_by_help_and_tells_of_a_track(format_: str, capsys: Captured) -> None:
    assert run(["--help"]) == 0
    assert format_ in capsys.readouterr().out

    assert run(["scalar", MINUS, "-f", format_]) == 1
    assert capsys.readouterr().out


def test_several_reports_are_of_one_grading_and_the_terminal_s_stays(
    tmp_path: Path, capsys: Captured
) -> None:
    junit, markdown = tmp_path / "report.xml", tmp_path / "report.md"

    run(["ex9", MINUS, "--report", f"junit={junit}", "--report", f"markdown={markdown}"])

    assert capsys.readouterr().out.startswith("my475/ex9  Subtraction and powers")
    assert markdown.read_text().startswith("## my475/ex9")
    cases = list(ElementTree.parse(junit).iter("testcase"))
    assert [case.get("line") for case in cases] == [None, None, "48", None, None]


def test_a_notebook_s_line_is_found_in_its_file(tmp_path: Path, capsys: Captured) -> None:
    lines = Path(MINUS).read_text().splitlines(keepends=True)
    code: dict[str, object] = {
        "cell_type": "code",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
    }
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["# a"]},
        {**code, "source": ["1 + 1"]},
        {**code, "source": []},
        {**code, "source": lines},
    ]
    book = {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells}
    file = tmp_path / "value.ipynb"
    file.write_text(json.dumps(book, indent=1))

    run(["ex9", str(file), "-f", "github"])

    error = capsys.readouterr().out.splitlines()[-2]
    at = int(error.partition(",line=")[2].partition(",")[0])
    assert error.startswith(f"::error file={file},line={at},endLine={at},title=Subtraction")
    assert "::cell 2, line 48%0A" in error
    assert (
        file.read_text().splitlines()[at - 1].strip() == '"            other.grad += out.grad\\n",'
    )


def test_a_job_s_summary_is_added_to_and_another_file_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary, other = tmp_path / "summary.md", tmp_path / "other.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    for file in (summary, other):
        file.write_text("before")

    run(["ex9", RIGHT, "--report", f"markdown={summary}", "--report", f"markdown={other}"])

    assert summary.read_text().startswith("before\n## my475/ex9")
    assert other.read_text().startswith("## my475/ex9")


def test_a_link_stays_one_and_a_pipe_is_written_to(tmp_path: Path, capfd: Captured) -> None:
    target, link = tmp_path / "target.xml", tmp_path / "link.xml"
    target.write_text("before")
    link.symlink_to(target)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    run(["ex9", RIGHT, "--report", f"junit={link}", "--report", f"autolab={pipe}"])

    assert link.is_symlink()
    assert target.read_text().startswith("<?xml")
    assert os.read(reader, 65536).endswith(b'{"scores": {"ex9": 5}}\n')
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    os.close(reader)


@pytest.mark.parametrize("words", ["junit", "junit=", "junit= ", "junit=reports/", "junit=."])
def test_a_report_that_goes_nowhere_is_refused(words: str) -> None:
    with pytest.raises(NoReportFile, match=r"--report junit.* names no file"):
        wanted(words)


def test_a_format_that_is_unknown_has_a_near_one() -> None:
    with pytest.raises(UnknownFormat, match="no format named 'junt'") as caught:
        wanted("junt=report.xml")

    assert caught.value.hint == "did you mean junit?"


def test_a_report_that_goes_nowhere_is_a_usage_error(capsys: Captured) -> None:
    assert run(["ex9", MINUS, "--report", "markdown="]) == 2

    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("Error: --report markdown= names no file\nHint: ")


def test_where_one_report_cannot_be_made_none_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    for name in RUNNER:
        monkeypatch.delenv(name, raising=False)
    junit, result = tmp_path / "report.xml", tmp_path / "result.json"

    status = run(["ex9", MINUS, "--report", f"junit={junit}", "--report", f"classroom50={result}"])

    assert status == 2
    assert "Error: classroom50 needs CLASSROOM, ASSIGNMENT" in capsys.readouterr().err
    assert os.listdir(tmp_path) == []


def test_a_report_that_cannot_be_written_is_told(tmp_path: Path, capsys: Captured) -> None:
    assert run(["ex9", MINUS, "--report", f"junit={tmp_path}/none/report.xml"]) == 2

    assert "No such file or directory" in capsys.readouterr().err


def test_the_token_is_another_one_each_time(capsys: Captured) -> None:
    seen = set()
    for _ in range(2):
        run(["ex9", MINUS, "-f", "github"])
        seen.add(capsys.readouterr().out.splitlines()[0])

    assert len(seen) == 2
    assert {len(line) for line in seen} == {len("::stop-commands::") + 32}


def test_a_plain_run_loads_nothing_of_it() -> None:
    loaded = loaded_by(["ex9", str(SAMPLES / "right.py")])

    assert not loaded & {"xml", "base64", "secrets", "decimal", "fractions"}


def test_a_report_that_cannot_be_written_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(SAMPLES / "minus.py", "value.py")
    words = ["--report", "junit=gone/j.xml", "--report", "markdown=m.md"]

    assert run(["ex9", "value.py", *words]) == 2

    said = capsys.readouterr()
    assert "3 of 5 points" in said.out
    assert "Error: cannot write" in said.err
    assert "3 of 5 points" in Path("m.md").read_text(encoding="utf-8")
