"""`grade EX [PATH]` and `grade check`: what they print, write and end with."""

import json
from pathlib import Path

import jsonschema
import pytest

from grader.cli.errors import complain
from grader.cli.main import run
from grader.exercises import catalogue
from grader.reports.report import Outcome
from grader.reports.report_json import report_from
from tests.places import SAMPLES
from tests.schema import FILE, TRACK_FILE, schema, track_schema

RIGHT, MINUS = str(SAMPLES / "right.py"), str(SAMPLES / "minus.py")
Captured = pytest.CaptureFixture[str]


def test_a_right_submission_ends_with_status_0(capsys: Captured) -> None:
    assert run(["ex9", RIGHT]) == 0

    assert "right.py · 5 of 5 points" in capsys.readouterr().out


def test_a_wrong_submission_ends_with_status_1(capsys: Captured) -> None:
    assert run(["ex9", MINUS]) == 1

    captured = capsys.readouterr()
    assert "print(b.grad)        # expected -1.0, yours prints 1.0" in captured.out
    assert captured.err == ""


def test_the_full_name_of_an_exercise_and_the_long_form_of_the_command_do_the_same(
    capsys: Captured,
) -> None:
    assert run(["check", "my475/ex9", MINUS]) == 1

    assert "print(b.grad)" in capsys.readouterr().out


def test_options_may_stand_before_the_exercise(capsys: Captured) -> None:
    assert run(["check", "--hints", "ex9", MINUS]) == 1

    assert "Both operands of a difference are sent the same sign." in capsys.readouterr().out


def test_the_json_on_stdout_is_valid_and_nothing_else(capsys: Captured) -> None:
    assert run(["ex9", MINUS, "-f", "json"]) == 1

    plain = json.loads(capsys.readouterr().out)
    jsonschema.validate(plain, schema())
    assert plain["schema"] == "grade/report/1"
    failed = [check for check in plain["checks"] if check["outcome"] == "failed"]
    assert failed[0]["counterexample"]["expected"] == {"reference": -1.0}
    assert failed[0]["counterexample"]["got"] == 1.0
    assert failed[0]["first_wrong_node"]["says"] == "from c -1; got 1: the rule of - sends 1 for -1"
    assert failed[0]["first_wrong_node"]["where"]["marked"] == 48
    assert failed[0]["diagnosis"]["id"] == "S1"


def test_a_report_survives_the_way_through_json(capsys: Captured) -> None:
    run(["ex9", MINUS, "-f", "json"])

    report = report_from(json.loads(capsys.readouterr().out))

    assert [check.outcome for check in report.checks].count(Outcome.FAILED) == 1


def test_the_committed_schema_is_the_one_of_the_types() -> None:
    assert json.loads(FILE.read_text(encoding="utf-8")) == schema(), "run python -m tests.schema"
    assert json.loads(TRACK_FILE.read_text(encoding="utf-8")) == track_schema()


def test_a_whole_track_has_a_line_an_exercise_and_a_total(capsys: Captured) -> None:
    assert run(["my475", MINUS]) == 1

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split("  ")[0] == "my475"
    assert lines[0].endswith("minus.py · 25 of 54 points")
    told = [line.split()[:2] for line in lines if line.startswith(("  ✓", "  ✗"))]
    assert told == [
        *(["✓", f"ex{number}"] for number in range(1, 8)),
        *(["✗", name] for name in ("ex8", "ex9", "ex10", "ex11", "ex12", "ext1", "ext2")),
    ]
    assert "          Subtraction sends a minus to its right operand" in lines
    assert lines[-1] == f"What is wrong, and why: grade ex8 {MINUS}"


def test_a_whole_track_that_is_right_ends_with_status_0(tmp_path: Path, capsys: Captured) -> None:
    last = catalogue.load(catalogue.find("my475/ext2"))
    (tmp_path / "value.py").write_text(catalogue.solution(last), encoding="utf-8")

    assert run(["my475", str(tmp_path / "value.py")]) == 0

    assert "value.py · 54 of 54 points" in capsys.readouterr().out


def test_a_whole_track_as_json_holds_every_report(capsys: Captured) -> None:
    run(["my475", MINUS, "-f", "json"])

    plain = json.loads(capsys.readouterr().out)
    jsonschema.validate(plain, track_schema())
    assert (plain["score"], plain["max_score"], plain["passed"]) == (25.0, 54.0, False)
    assert [one["exercise"] for one in plain["reports"]][-1] == "my475/ext2"


def test_a_whole_track_has_a_page(tmp_path: Path, capsys: Captured) -> None:
    page = tmp_path / "page.html"

    assert run(["my475", MINUS, "--html", str(page)]) == 1

    text = capsys.readouterr().out
    assert run(["my475", MINUS, "-f", "html"]) == 1
    assert "25 of 54 points" in text
    assert "25 of 54 points</strong>" in page.read_text(encoding="utf-8")
    assert capsys.readouterr().out.startswith("<!doctype html>")


def test_a_track_runs_its_submission_once(tmp_path: Path, capsys: Captured) -> None:
    source = Path(RIGHT).read_text(encoding="utf-8")
    counting = f"open({str(tmp_path / 'runs')!r}, 'a').write('x')\n"
    (tmp_path / "value.py").write_text(counting + source, encoding="utf-8")

    run(["sri", str(tmp_path / "value.py")])

    assert "5 exercises" in capsys.readouterr().out
    assert (tmp_path / "runs").read_text(encoding="utf-8") == "x"


def test_a_report_can_go_to_a_file_and_a_page_beside_it(tmp_path: Path, capsys: Captured) -> None:
    report, page = tmp_path / "report.json", tmp_path / "page.html"

    assert run(["ex9", MINUS, "-f", "json", "-o", str(report), "--html", str(page)]) == 1

    assert capsys.readouterr().out == ""
    assert json.loads(report.read_text(encoding="utf-8"))["score"] == 3.0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path, capsys: Captured) -> None:
    missing = str(tmp_path / "no" / "report.json")

    assert run(["ex9", RIGHT, "-o", missing]) == 2

    assert f"Error: cannot write {missing}: No such file or directory" in capsys.readouterr().err


def test_asking_torch_now_gives_the_same_verdict(capsys: Captured) -> None:
    pytest.importorskip("torch", reason="torch is not installed")

    assert run(["ex9", MINUS, "--oracles", "live"]) == 1

    assert "expected -1.0, yours prints 1.0" in capsys.readouterr().out


def test_a_submission_is_found_in_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    (tmp_path / "mine.py").write_text(Path(RIGHT).read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "notes.py").write_text("print(1)\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert run(["ex9"]) == 0

    assert "mine.py · 5 of 5 points" in capsys.readouterr().out


def test_a_fault_of_ours_is_said_to_be_ours(capsys: Captured) -> None:
    assert complain(RuntimeError("the moon is full")) == 3

    said = capsys.readouterr().err
    assert said.startswith("Error: the grader failed: RuntimeError: the moon is full\n")
    assert "not your submission's fault" in said


def test_a_submission_is_read_once_however_many_reports_are_wanted(
    tmp_path: Path, capsys: Captured
) -> None:
    """One that removes its file when it runs could not be read again."""
    file, report = tmp_path / "value.py", tmp_path / "report.xml"
    engine = (SAMPLES / "right.py").read_text(encoding="utf-8")
    file.write_text(f"import os\nos.remove(__file__)\n{engine}", encoding="utf-8")

    assert run(["ex9", str(file), "--report", f"junit={report}"]) == 0

    assert not file.exists()
    assert '<testsuite name="my475/ex9"' in report.read_text(encoding="utf-8")
    assert capsys.readouterr().err == ""


def test_a_cause_is_told_once_with_the_edit_for_staff_alone(
    tmp_path: Path, capsys: Captured
) -> None:
    source = Path(RIGHT).read_text(encoding="utf-8")
    assert source.count("return self + (-other)") == 1
    wrong = source.replace("return self + (-other)", "return -(other - self)")
    (tmp_path / "value.py").write_text(wrong, encoding="utf-8")

    run(["ex9", str(tmp_path / "value.py")])
    for_a_student = capsys.readouterr().out
    run(["ex9", str(tmp_path / "value.py"), "--for-staff"])
    for_staff = capsys.readouterr().out

    assert for_a_student.count("in __sub__: Which operation does this line need") == 1
    assert for_a_student.count("fails for the same reason") == 1
    assert "+         return self + (-other)" not in for_a_student
    assert "+         return self + (-other)" in for_staff
