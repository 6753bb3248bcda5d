import json
from pathlib import Path

import jsonschema
import pytest

from grader import __version__
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
    assert lines[-1] == "What is wrong, and why: grade ex8 minus.py"


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


@pytest.mark.parametrize(
    ("words", "status", "message", "hint"),
    [
        (["exx9"], 2, "no exercise named 'exx9'", "did you mean ex9? See `grade list`"),
        (["lst"], 2, "no exercise named 'lst'", "did you mean list? See `grade list`"),
        (["show", "my475"], 2, "my475 is a track of 14 exercises", "name one: my475/ex1"),
        (["show", "ex99"], 2, "no exercise named 'ex99'", "did you mean ex9? See `grade list`"),
        (["list", "my47"], 2, "no exercise named 'my47'", "did you mean my475? See `grade list`"),
        (["ex9", "--fromat", "json"], 2, "No such option '--fromat'.", "see grade check --help"),
        (["ex9", "gone.py"], 4, "no file 'gone.py'", "check the name and the folder"),
        (["ex9", "a", "b"], 2, "Got unexpected extra argument (b)", "see grade check --help"),
        (["show"], 2, "Missing argument 'EXERCISE'.", "see grade show --help"),
    ],
)
def test_a_wrong_command_line_gets_one_line_and_a_hint(
    words: list[str], status: int, message: str, hint: str, capsys: Captured
) -> None:
    assert run(words) == status

    captured = capsys.readouterr()
    assert captured.out == ""
    first, second = captured.err.splitlines()
    assert first.startswith(f"Error: {message}")
    assert second == f"Hint: {hint}"


def test_help_says_how_to_begin(capsys: Captured) -> None:
    assert run(["--help"]) == 0

    text = capsys.readouterr().out
    assert "grade ex9 value.py" in text
    assert "Exit status: 0 all right, 1 something is to be fixed" in text
    assert max(map(len, text.splitlines())) <= 88


def test_no_words_at_all_get_the_help(capsys: Captured) -> None:
    assert run([]) == 0

    assert "grade list" in capsys.readouterr().out


def test_the_version_is_the_packages(capsys: Captured) -> None:
    assert run(["--version"]) == 0

    assert capsys.readouterr().out == f"grade {__version__}\n"


def test_list_names_every_exercise_with_its_points(capsys: Captured) -> None:
    assert run(["list"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "dl4ds  5 exercises, 19 points"
    assert "my475  14 exercises, 54 points" in lines
    assert "scalar  8 exercises, 18 points" in lines
    assert "sri  5 exercises, 16 points" in lines
    named = [line.split()[0] for line in lines if line.startswith("  ")]
    assert named == [entry.name for entry in catalogue.entries()]
    assert lines[-2].startswith(f"all  {len(named)} exercises, ")
    assert max(map(len, lines)) <= 88


def test_list_names_one_track_without_a_sum_of_all(capsys: Captured) -> None:
    assert run(["list", "sri"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "sri  5 exercises, 16 points"
    assert len([line for line in lines if line.startswith("  ")]) == 5
    assert not [line for line in lines if line.startswith(("my475", "all"))]


def test_show_prints_the_task(capsys: Captured) -> None:
    assert run(["show", "ex9"]) == 0

    assert capsys.readouterr().out.startswith("# Subtraction and powers\n")


def test_start_writes_a_file_once_and_never_over_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)

    assert run(["start", "ex1"]) == 0
    assert run(["start", "ex1"]) == 2

    assert "class Value" in (tmp_path / "value.py").read_text(encoding="utf-8")
    assert "Error: value.py exists already" in capsys.readouterr().err


def test_a_fault_of_ours_is_said_to_be_ours(capsys: Captured) -> None:
    assert complain(RuntimeError("the moon is full")) == 3

    said = capsys.readouterr().err
    assert said.startswith("Error: the grader failed: RuntimeError: the moon is full\n")
    assert "not your submission's fault" in said
