from grader.reports.report import Counterexample, SourceLine
from grader.reports.vendors import github
from tests.reports.sample import BROKEN, FAILED, LOCATED, PASSED, STOPPED, TRACKS, report
from tests.reports.vendor_rules import SETTING, TOKEN, github_of


def test_a_failure_stands_beside_the_student_s_line() -> None:
    error, notice = github_of(report(PASSED, LOCATED))

    assert error["message"].startswith("✗ Subtraction sends a minus to its right operand\n  b.grad")
    assert error | {"message": ""} == {
        "command": "error",
        "file": "src/value.py",
        "line": "32",
        "endLine": "32",
        "title": "Subtraction sends a minus to its right operand",
        "message": "",
    }
    assert notice["message"] == "1 of 2.5 points"


def test_a_failure_without_a_line_stands_at_its_file() -> None:
    error, _ = github_of(report(STOPPED))

    assert error["file"] == "src/value.py"
    assert "line" not in error


def test_paths_begin_at_the_workspace() -> None:
    setting = SETTING._replace(environment={"GITHUB_WORKSPACE": "/lab"})

    error, _ = github_of(report(LOCATED), setting)

    assert error["file"] == "here/src/value.py"


def test_a_fault_in_a_module_beside_is_shown_in_that_file() -> None:
    where = SourceLine("engine.py", 7, "f", "raise")
    raised = FAILED._replace(counterexample=Counterexample("f()", {"reference": 1.0}, 2.0, where))

    error, _ = github_of(report(raised))

    assert (error["file"], error["line"]) == ("src/engine.py", "7")


def test_a_notebook_s_fault_is_shown_in_its_file_with_cell_and_line() -> None:
    where = SourceLine("cell 2", 3, "f", "raise")
    raised = FAILED._replace(counterexample=Counterexample("f()", {"reference": 1.0}, 2.0, where))
    setting = SETTING._replace(path="/lab/here/value.ipynb", cells=((11,), (20, 21, 22)))

    known, _ = github_of(report(raised), setting)
    unknown, _ = github_of(report(raised), setting._replace(cells=((11,), (20,))))

    assert (known["file"], known["line"]) == ("value.ipynb", "22")
    assert known["message"].startswith("cell 2, line 3\n✗")
    assert "line" not in unknown
    assert unknown["message"].startswith("cell 2, line 3\n✗")


def test_the_grader_s_own_fault_is_a_warning() -> None:
    warning, _ = github_of(report(BROKEN))

    assert warning["command"] == "warning"


def several(count: int) -> list[dict[str, str]]:
    checks = [FAILED._replace(id=f"c{n}", title=f"T{n}", message=f"m{n}") for n in range(count)]
    return [one for one in github_of(report(*checks)) if one["command"] == "error"]


def test_ten_failures_are_all_shown_and_of_eleven_the_tenth_sums_up_two() -> None:
    ten, eleven = several(10), several(11)

    assert [one["title"] for one in ten] == [f"T{n}" for n in range(10)]
    assert [one["title"] for one in eleven] == [*(f"T{n}" for n in range(9)), "2 more checks"]
    assert eleven[-1]["message"] == "T9: m9\nT10: m10"


def test_what_several_checks_say_is_annotated_once() -> None:
    found = github_of(report(STOPPED, STOPPED._replace(id="more", title="More")))

    assert [one["command"] for one in found] == ["error", "notice"]


def test_signs_that_mean_something_are_escaped() -> None:
    odd = FAILED._replace(title="a:b,c%d", message="50% of :: a, b", counterexample=None)

    text = github.render(report(odd), SETTING)

    assert "title=a%3Ab%2Cc%25d::✗ 50%25 of :: a, b%0A" in text


def test_what_a_student_writes_is_printed_only_where_commands_are_stopped() -> None:
    odd = FAILED._replace(title="##[error]evil", message="::error::evil", counterexample=None)

    lines = github.render(report(odd), SETTING).splitlines()

    end = lines.index(f"::{TOKEN}::")
    assert "::error::evil" in lines[end - 3]
    assert lines[0] == f"::stop-commands::{TOKEN}"
    assert not [line for line in lines[end + 1 :] if not line.startswith(("::error ", "::notice "))]


def test_a_very_long_message_is_cut_where_github_would() -> None:
    failed = [FAILED._replace(title=f"{n}" * 900, message=f"{n}" * 900) for n in range(30)]

    errors = github_of(report(*failed))

    sizes = [len(one["message"].encode()) for one in errors]
    assert max(sizes) == github.LONGEST
    assert errors[9]["message"].endswith("…")


def test_a_track_names_the_exercise_of_each_check() -> None:
    titles = [one["title"] for one in github_of(TRACKS["some wrong"])]

    assert titles[0] == "ex2: Subtraction sends a minus to its right operand"
    assert titles[-1] == "grade my475"


def test_a_summary_is_known_by_its_variable() -> None:
    environment = {"GITHUB_STEP_SUMMARY": "/tmp/summary.md"}

    assert github.is_summary("/tmp/./summary.md", environment)
    assert not github.is_summary("/tmp/other.md", environment)
    assert not github.is_summary("", {"GITHUB_STEP_SUMMARY": ""})


def test_a_summary_is_never_larger_than_github_shows() -> None:
    long = ("ä" * 100).encode()
    taken = github.SUMMARY - 100

    assert github.fitting(long, 0) == long
    assert len(cut := github.fitting(long, taken)) <= 100
    assert cut.decode().endswith("ä\n\n… the rest is more than a summary may hold\n")
    assert github.fitting(long, github.SUMMARY) == b""
