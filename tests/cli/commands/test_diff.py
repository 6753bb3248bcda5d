"""`grade diff` says what another grading changes, a line each, and ends with what it found."""

import json
from pathlib import Path

import pytest

from grader.cli.main import run
from grader.course.marks import FILE, Mark, ScoredCheck, line_of
from grader.submissions.student import Student

PASSED, FAILED = ScoredCheck("a", "passed", 1.0, 1.0), ScoredCheck("a", "failed", 0.0, 1.0)
ANT = Mark(Student("ant", "Alice Ant"), "my475/ex9", "Powers", 5.0, 5.0, checks=(PASSED,))
BEE = Mark(Student("bee"), "my475/ex9", "Powers", None, 5.0)


def written(folder: Path, *marks: Mark) -> str:
    folder.mkdir()
    (folder / FILE).write_text("".join(f"{line_of(mark)}\n" for mark in marks), "utf-8")
    return str(folder)


def test_it_is_told_in_a_line_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = written(tmp_path / "one", ANT, BEE)
    other = written(tmp_path / "other", ANT._replace(score=4.0, checks=(FAILED,)), BEE)

    status = run(["diff", one, other])

    assert status == 1
    assert capsys.readouterr().out.splitlines() == [
        "Alice Ant ex9: 5 → 4 (a passed → failed)",
        "1 of 2 scores change: 0 up, 1 down",
    ]


def test_nothing_different_ends_with_status_0(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = written(tmp_path / "one", ANT)

    assert run(["diff", one, one, "-f", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["compared"] == 1


def test_a_folder_that_is_no_course_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["diff", str(tmp_path), str(tmp_path)]) == 2
    assert "cannot read the marks in" in capsys.readouterr().err
